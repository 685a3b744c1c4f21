'use strict';
// Tens of thousands of things and lines, drawn by the graphics card: dots and straight arrows, with
// the words of what is chosen. The same functions as cytoscape_view.js.
tercet.views = tercet.views ?? {};
tercet.views.sigma = (model, container, on) => {
  let dark = false, by = 'type', shown = null;
  let chosen = {nodes: new Set(), edges: new Set(), near: {nodes: new Set(), edges: new Set()}};
  const graph = new graphology.MultiDirectedGraph();
  for (const node of model.nodes) {
    graph.addNode(node.id, {x: node.x, y: -node.y, size: Math.min(14, 2 + Math.sqrt(node.edges.length)),
      label: tercet.shortened(node.name, 40)});
  }
  for (const edge of model.edges) {
    graph.addEdgeWithKey(edge.id, edge.source, edge.target, {size: 0.6 + edge.confidence});
  }
  const sigma = new Sigma(graph, container, {
    defaultEdgeType: model.edges.length > 5000 ? 'line' : 'arrow', renderEdgeLabels: true, zIndex: true,
    enableCameraPanning: false,  // done below, without drawing at every step
    labelRenderedSizeThreshold: 5, labelDensity: 0.6, labelGridCellSize: 120, labelFont: 'Helvetica, Arial, sans-serif',
    labelSize: 13, edgeLabelSize: 12, hideEdgesOnMove: false, allowInvalidContainer: true,
    nodeReducer: (id, data) => {
      const node = model.nodes[id], out = {...data};
      if (shown !== null && !shown.nodes[node.id]) return {...out, hidden: true};
      out.color = by === 'cluster' && node.cluster >= 0 ?
        tercet.strong(tercet.clusterColors[node.cluster % tercet.clusterColors.length]) : model.styles[node.style].border;
      if (chosen.nodes.size + chosen.edges.size > 0) {
        if (chosen.nodes.has(node.id)) out.highlighted = true, out.forceLabel = true, out.zIndex = 2;
        else if (chosen.near.nodes.has(node.id)) out.forceLabel = chosen.near.nodes.size < 40, out.zIndex = 1;
        else out.color = dark ? '#2B323A' : '#E2E6EA', out.label = '';
      }
      return out;
    },
    edgeReducer: (id, data) => {
      const edge = model.edges[id], out = {...data};
      if (shown !== null && !shown.edges[edge.id]) return {...out, hidden: true};
      out.color = tercet.lineColor(model, edge, dark);
      if (chosen.nodes.size + chosen.edges.size > 0) {
        if (chosen.edges.has(edge.id) || chosen.near.edges.has(edge.id)) {
          out.size *= 2, out.zIndex = 1, out.type = 'arrow';
          if (chosen.near.edges.size < 60) out.label = tercet.edgeLabel(model, edge), out.forceLabel = true;
        } else {
          out.color = dark ? '#20262C' : '#EEF0F2';
        }
      } else {
        out.color += dark ? '80' : '70';
      }
      return out;
    },
  });
  const camera = sigma.getCamera();
  const refresh = () => sigma.refresh({schedule: true});

  // To move is to shift what is drawn; it is drawn anew when the hand rests or much is missing. A
  // drawing of tens of thousands of lines may take a second without a graphics card.
  let shiftX = 0, shiftY = 0, rest = 0;
  const settle = () => {
    clearTimeout(rest);
    if (shiftX === 0 && shiftY === 0) return;
    const {width, height} = sigma.getDimensions();
    const from = sigma.viewportToFramedGraph({x: width / 2, y: height / 2});
    const to = sigma.viewportToFramedGraph({x: width / 2 - shiftX, y: height / 2 - shiftY});
    const state = camera.getState();
    shiftX = shiftY = 0;
    sigma.once('afterRender', () => { container.style.transform = ''; });
    camera.setState({x: state.x + to.x - from.x, y: state.y + to.y - from.y});
  };
  const shift = (dx, dy) => {
    shiftX += dx, shiftY += dy;
    container.style.transform = 'translate(' + shiftX + 'px, ' + shiftY + 'px)';
    const {width, height} = sigma.getDimensions();
    clearTimeout(rest);
    if (Math.abs(shiftX) > width / 3 || Math.abs(shiftY) > height / 3) settle();
    else rest = setTimeout(settle, 200);
  };
  let dragged = null;
  container.addEventListener('pointerdown', (event) => { if (event.button === 0) dragged = {x: event.clientX, y: event.clientY}; });
  addEventListener('pointermove', (event) => {
    if (dragged === null) return;
    shift(event.clientX - dragged.x, event.clientY - dragged.y);
    dragged = {x: event.clientX, y: event.clientY};
  });
  addEventListener('pointerup', () => { dragged = null; });

  // The line under the pointer, looked for only when somebody clicks: the card need not draw every
  // line a second time to know.
  const lineAt = (point) => {
    let best = -1, least = 6;  // pixels
    const places = model.nodes.map((node) => sigma.graphToViewport(graph.getNodeAttributes(node.id)));
    for (const edge of model.edges) {
      if (shown !== null && !shown.edges[edge.id]) continue;
      const a = places[edge.source], b = places[edge.target];
      const dx = b.x - a.x, dy = b.y - a.y, size = dx * dx + dy * dy || 1;
      const t = Math.min(1, Math.max(0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / size));
      const distance = Math.hypot(a.x + t * dx - point.x, a.y + t * dy - point.y);
      if (distance < least) least = distance, best = edge.id;
    }
    return best;
  };
  sigma.on('clickNode', ({node}) => on.node(Number(node)));
  sigma.on('clickStage', ({event}) => {
    const line = lineAt(event);
    if (line >= 0) on.edge(line);
    else on.nothing();
  });
  return {
    name: 'sigma',
    show(nowShown) { shown = nowShown; refresh(); },
    select(nodes, edges, near) { chosen = {nodes, edges, near}; refresh(); },
    look(nowDark, nowBy) {
      dark = nowDark, by = nowBy;
      const colors = tercet.palette(dark);
      sigma.setSetting('labelColor', {color: colors.text});
      sigma.setSetting('edgeLabelColor', {color: colors.text});
      refresh();
    },
    fit(ids) {
      if (ids === undefined || ids.size === 0) return void camera.setState({x: 0.5, y: 0.5, ratio: 1, angle: 0});
      const at = [...ids].map((id) => sigma.getNodeDisplayData(id));
      const xs = at.map((p) => p.x), ys = at.map((p) => p.y);
      const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
      camera.setState({x: (left + right) / 2, y: (top + bottom) / 2,
        ratio: Math.min(1, Math.max(0.08, 1.4 * Math.max(right - left, bottom - top)))});
    },
    zoom(factor) { settle(); camera.setState({ratio: camera.getState().ratio / factor}); },
    pan(dx, dy) { shift(dx, dy); },
    places() { return new Map(model.nodes.map((node) => [node.id, {x: node.x, y: node.y}])); },
    onScreen(kind, id) {
      settle();
      if (kind === 'node') return sigma.graphToViewport(graph.getNodeAttributes(id));
      const a = sigma.graphToViewport(graph.getNodeAttributes(model.edges[id].source));
      const b = sigma.graphToViewport(graph.getNodeAttributes(model.edges[id].target));
      return {x: (a.x + b.x) / 2, y: (a.y + b.y) / 2};
    },
    resize() { settle(); sigma.resize(); refresh(); },
  };
};

// A pale colour as a dot on white needs strength: two thirds of its way to its own dark.
tercet.strong = (color) => '#' + [1, 3, 5].map((i) => Number.parseInt(color.slice(i, i + 2), 16))
  .map((c) => Math.round(c * c * c * c / (255 * 255 * 255) * 0.8).toString(16).padStart(2, '0')).join('');
