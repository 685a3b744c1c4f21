'use strict';
// The page's graph as plain data, and what can be asked of it. Nothing here touches the page but
// the reading of its JSON blocks.
const tercet = {};

tercet.readModel = () => {
  const data = JSON.parse(document.getElementById('graph').textContent);
  const model = {
    title: data.title, subtitle: data.subtitle, all: data.all,
    styles: data.styles, statuses: data.statuses, clusters: data.clusters,
    documents: data.documents.map(([id, title]) => ({id, title})),
    nodes: data.nodes.map(([name, type, style, cluster, x, y, claims, aliases], id) =>
        ({id, name, type, style, cluster, x, y, claims, aliases, edges: []})),
    edges: data.edges.map(([source, target, relation, status, number, claims], id) =>
        ({id, source, target, relation, status, number, claims})),
    claims: data.claims.map(([document, confidence, seconds, year]) =>
        ({document, confidence, seconds, year})),
  };
  for (const edge of model.edges) {
    model.nodes[edge.source].edges.push(edge.id);
    if (edge.target !== edge.source) model.nodes[edge.target].edges.push(edge.id);
    edge.confidence = Math.max(0, ...edge.claims.map((claim) => model.claims[claim].confidence));
  }
  for (const node of model.nodes) {
    // The same room as the program that computed the places gave it.
    node.size = Math.min(4, Math.max(1, Math.sqrt(node.edges.reduce(
        (sum, id) => sum + (model.edges[id].source === model.edges[id].target ? 2 : 1), 0)) / 3));
    node.lines = tercet.wrapped(node.name, 18, 60).split('\n');
    node.width = Math.max(...node.lines.map((line) => [...line].length)) * 7.4 * node.size + 26;
    node.height = node.lines.length * 15 * node.size + 16;
  }
  const blocks = new Map();
  // The words of a claim are read when they are asked for: most never are.
  model.claimText = (claim) => {
    const block = Math.floor(claim / data.chunk);
    if (!blocks.has(block)) {
      blocks.set(block, JSON.parse(document.getElementById('claims-' + block).textContent));
    }
    return blocks.get(block)[claim % data.chunk];
  };
  return model;
};

// A name on the canvas: no control character, no override of the direction of writing.
tercet.plain = (text) =>
  text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();

tercet.shortened = (text, most) => {
  const letters = [...tercet.plain(text)];
  return letters.length > most ? letters.slice(0, most - 1).join('') + '…' : letters.join('');
};

tercet.wrapped = (text, width, most) => {
  const lines = [''];
  for (const word of tercet.shortened(text, most).split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last === '' || last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = last === '' ? word : last + ' ' + word;
    } else {
      lines.push(word);
    }
  }
  return lines.map((line) => line.length > width * 1.5 ?
      line.match(new RegExp('.{1,' + width + '}', 'gu')).join('\n') : line).join('\n');
};

tercet.spoken = (relation) => tercet.plain(relation.replaceAll('_', ' '));

// "NOT sells", "if (1): raises": the words of a statement, its marks first.
tercet.edgeLabel = (model, edge) => {
  let mark = model.statuses[edge.status].mark;
  if (edge.number > 0 && mark.endsWith(':')) mark = mark.slice(0, -1) + ' (' + edge.number + '):';
  return (mark === '' ? '' : mark + ' ') + tercet.shortened(tercet.spoken(edge.relation), 40);
};

tercet.time = (seconds) => {
  const two = (n) => String(n).padStart(2, '0');
  const h = Math.floor(seconds / 3600), m = Math.floor(seconds / 60) % 60, s = seconds % 60;
  return h > 0 ? h + ':' + two(m) + ':' + two(s) : m + ':' + two(s);
};

/* What is switched on. Sets hold what is off, so that an empty filter shows everything. */
tercet.newFilter = (model) => {
  const shown = new Set(['asserted', 'planned']);
  return {
    statuses: new Set(model.statuses.map((status, i) => i).filter(
        (i) => !model.all && !shown.has(model.statuses[i].group))),
    types: new Set(), relations: new Set(), documents: new Set(),
    confidence: 0, seconds: null, years: null, only: null,
  };
};

// Which nodes and edges a filter leaves: {nodes: Uint8Array, edges: Uint8Array}.
tercet.visible = (model, filter) => {
  const passes = (claim) => {
    if (claim.confidence < filter.confidence || filter.documents.has(claim.document)) return false;
    if (filter.seconds !== null && (claim.seconds < filter.seconds[0] ||
        claim.seconds > filter.seconds[1])) return false;
    return filter.years === null ||
        (claim.year >= filter.years[0] && claim.year <= filter.years[1]);
  };
  const nodes = new Uint8Array(model.nodes.length), edges = new Uint8Array(model.edges.length);
  for (const edge of model.edges) {
    if (filter.statuses.has(edge.status) || filter.relations.has(edge.relation)) continue;
    if (filter.types.has(model.nodes[edge.source].style) ||
        filter.types.has(model.nodes[edge.target].style)) continue;
    if (filter.only !== null && !(filter.only.has(edge.source) && filter.only.has(edge.target))) {
      continue;
    }
    if (!edge.claims.some((claim) => passes(model.claims[claim]))) continue;
    edges[edge.id] = nodes[edge.source] = nodes[edge.target] = 1;
  }
  return {nodes, edges};
};

// Nodes within `depth` steps of one, along visible lines.
tercet.around = (model, shown, start, depth) => {
  const found = new Set([start]);
  let edge = [start];
  for (let step = 0; step < depth; ++step) {
    const next = [];
    for (const node of edge) {
      for (const id of model.nodes[node].edges) {
        if (!shown.edges[id]) continue;
        const {source, target} = model.edges[id];
        for (const other of [source, target]) if (!found.has(other)) found.add(other), next.push(other);
      }
    }
    edge = next;
  }
  return found;
};

// The edges of a shortest way from one node to another, whatever their direction; null if none.
tercet.path = (model, shown, from, to) => {
  const via = new Map([[from, -1]]);
  const queue = [from];
  for (let i = 0; i < queue.length && !via.has(to); ++i) {
    for (const id of model.nodes[queue[i]].edges) {
      if (!shown.edges[id]) continue;
      const other = model.edges[id].source === queue[i] ? model.edges[id].target : model.edges[id].source;
      if (!via.has(other)) via.set(other, id), queue.push(other);
    }
  }
  if (!via.has(to)) return null;
  const out = [];
  for (let node = to; node !== from;) {
    const edge = model.edges[via.get(node)];
    out.push(edge.id);
    node = edge.source === node ? edge.target : edge.source;
  }
  return out.reverse();
};

// Names that hold every word of the text, those that begin with it first.
tercet.search = (model, text, most) => {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return [];
  const found = [];
  for (const node of model.nodes) {
    const name = node.name.toLowerCase();
    const all = [name, ...node.aliases.map((alias) => alias.toLowerCase())].join('\n');
    if (words.every((word) => all.includes(word))) {
      found.push([name === words.join(' ') ? 0 : name.startsWith(words[0]) ? 1 : 2, -node.edges.length, node]);
    }
  }
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2].id - b[2].id);
  return found.slice(0, most).map((row) => row[2]);
};

// What the canvas and the exported picture are coloured with.
tercet.clusterColors = ['#D9EAF7', '#FBEFD5', '#DDF3EC', '#F7E3F0', '#FBE6D8', '#E4E0F4', '#EEF3C8',
  '#D5EEF2', '#F9DADA', '#E8E4DC'];
tercet.palette = (dark) => dark ?
  {page: '#15191E', text: '#E8ECF0', faint: '#8C97A3', halo: '#15191E',
    lines: {'#404040': '#B8C0C8', '#C0392B': '#FF8A7A', '#7A3E9D': '#CF9BF0', '#1F5FA8': '#7DB6F5'}} :
  {page: '#FFFFFF', text: '#1A1A1A', faint: '#6B6B6B', halo: '#FFFFFF', lines: {}};
tercet.lineColor = (model, edge, dark) => {
  const color = model.statuses[edge.status].color;
  return tercet.palette(dark).lines[color] ?? color;
};
tercet.fill = (model, node, by) => by === 'cluster' && node.cluster >= 0 ?
  tercet.clusterColors[node.cluster % tercet.clusterColors.length] : model.styles[node.style].fill;
