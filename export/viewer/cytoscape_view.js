'use strict';
// Up to about two thousand things and lines: shapes, line styles and words on the lines.
// A view has show, select, look, fit, zoom, pan, place and busy; viewer.js knows no more of it.
tercet.views = tercet.views ?? {};
tercet.views.cytoscape = (model, container, on) => {
  const shapes = {box: 'round-rectangle', octagon: 'octagon', component: 'rectangle', hexagon: 'hexagon',
    tab: 'tag', note: 'cut-rectangle', ellipse: 'ellipse'};
  const heads = {normal: 'triangle', empty: 'triangle', tee: 'tee', teenormal: 'triangle-tee'};
  let dark = false, by = 'type';

  const elements = [];
  for (const node of model.nodes) {
    elements.push({group: 'nodes', position: {x: node.x, y: node.y},
      data: {id: 'n' + node.id, label: node.lines.join('\n'), width: node.width, height: node.height, font: 13 * node.size}});
  }
  for (const edge of model.edges) {
    elements.push({group: 'edges', data: {id: 'e' + edge.id, source: 'n' + edge.source,
      target: 'n' + edge.target, label: tercet.edgeLabel(model, edge)}});
  }
  const nodeOf = (element) => model.nodes[Number(element.id().slice(1))];
  const edgeOf = (element) => model.edges[Number(element.id().slice(1))];
  const statusOf = (element) => model.statuses[edgeOf(element).status];
  const style = () => {
    const colors = tercet.palette(dark);
    return [
      {selector: 'node', style: {
        label: 'data(label)', width: 'data(width)', height: 'data(height)', 'text-wrap': 'wrap',
        'text-valign': 'center', 'font-size': 'data(font)', 'font-family': 'Helvetica, Arial, sans-serif', color: '#1A1A1A',
        shape: (n) => shapes[model.styles[nodeOf(n).style].shape] ?? 'ellipse',
        'background-color': (n) => tercet.fill(model, nodeOf(n), by),
        'border-color': (n) => model.styles[nodeOf(n).style].border, 'border-width': 1.6}},
      {selector: 'edge', style: {
        label: 'data(label)', 'font-size': 11, 'font-family': 'Helvetica, Arial, sans-serif',
        'min-zoomed-font-size': 7, color: (e) => tercet.lineColor(model, edgeOf(e), dark),
        'text-background-color': colors.page, 'text-background-opacity': .85, 'text-background-padding': 1,
        'curve-style': 'bezier', 'control-point-step-size': (e) => e.isLoop() ? e.source().data('height') + 50 : 34,
        'line-style': (e) => statusOf(e).line,
        // A plan is a road to be built: two thin lines with nothing between them yet.
        width: (e) => statusOf(e).group === 'planned' ? 1.4 : 0.6 + 2 * edgeOf(e).confidence,
        'line-color': (e) => statusOf(e).group === 'planned' ? colors.page : tercet.lineColor(model, edgeOf(e), dark),
        'line-outline-width': (e) => statusOf(e).group === 'planned' ? 1 : 0,
        'line-outline-color': (e) => tercet.lineColor(model, edgeOf(e), dark),
        'target-arrow-color': (e) => tercet.lineColor(model, edgeOf(e), dark),
        'target-arrow-shape': (e) => heads[statusOf(e).head] ?? 'triangle',
        'target-arrow-fill': (e) => statusOf(e).head === 'empty' ? 'hollow' : 'filled', 'arrow-scale': 0.9}},
      {selector: '.off', style: {display: 'none'}},
      {selector: '.far', style: {opacity: 0.18}},
      {selector: 'node.chosen', style: {'border-width': 4, 'border-color': '#D55E00'}},
      {selector: 'edge.chosen', style: {'underlay-color': '#D55E00', 'underlay-opacity': 0.35, 'underlay-padding': 4}},
    ];
  };
  const cy = cytoscape({container, elements, style: style(), layout: {name: 'preset', fit: true, padding: 30},
    minZoom: 0.05, maxZoom: 5, boxSelectionEnabled: false, autoungrabify: false});
  cy.on('tap', (event) => {
    if (event.target === cy) on.nothing();
    else if (event.target.isNode()) on.node(nodeOf(event.target).id);
    else on.edge(edgeOf(event.target).id);
  });
  return {
    name: 'cytoscape',
    show(shown) {
      cy.batch(() => {
        cy.nodes().forEach((n) => n.toggleClass('off', !shown.nodes[nodeOf(n).id]));
        cy.edges().forEach((e) => e.toggleClass('off', !shown.edges[edgeOf(e).id]));
      });
    },
    select(nodes, edges, near) {
      cy.batch(() => {
        cy.elements().removeClass('chosen far');
        if (nodes.size + edges.size === 0) return;
        cy.nodes().forEach((n) => {
          const id = nodeOf(n).id;
          n.toggleClass('chosen', nodes.has(id)).toggleClass('far', !nodes.has(id) && !near.nodes.has(id));
        });
        cy.edges().forEach((e) => {
          const id = edgeOf(e).id;
          e.toggleClass('chosen', edges.has(id)).toggleClass('far', !edges.has(id) && !near.edges.has(id));
        });
      });
    },
    look(nowDark, nowBy) {
      dark = nowDark, by = nowBy;
      cy.style(style());
    },
    fit(ids) {
      const wanted = ids === undefined ? cy.elements(':visible') : cy.nodes().filter((n) => ids.has(nodeOf(n).id));
      cy.fit(wanted.length > 0 ? wanted : cy.elements(), 40);
      if (cy.zoom() > 1.4) cy.zoom({level: 1.4}), cy.center(wanted);
    },
    zoom(factor) {
      cy.zoom({level: cy.zoom() * factor, renderedPosition: {x: cy.width() / 2, y: cy.height() / 2}});
    },
    pan(dx, dy) { cy.panBy({x: dx, y: dy}); },
    places() { return new Map(cy.nodes().map((n) => [nodeOf(n).id, n.position()])); },
    onScreen(kind, id) {
      const element = cy.getElementById((kind === 'node' ? 'n' : 'e') + id);
      return kind === 'node' ? element.renderedPosition() : element.renderedMidpoint();
    },
    resize() { cy.resize(); },
  };
};
