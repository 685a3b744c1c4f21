'use strict';
// The page round the drawing: search, filters that are the legend, quotes, paths, keys. Text from
// the graph is only ever set as textContent.
(async () => {
  const pause = () => new Promise((done) => setTimeout(done));  // lets the page answer between steps
  const model = tercet.readModel();
  await pause();
  const filter = tercet.newFilter(model);
  let dark = matchMedia('(prefers-color-scheme: dark)').matches;
  let by = 'type', shown = tercet.visible(model, filter);
  let selected = null, pathFrom = null;  // selected: {kind: 'node' | 'edge' | 'path', ...}

  const make = (tag, properties, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties ?? {})) {
      if (name in element) element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  };
  const button = (text, act, properties) => make('button', {type: 'button', textContent: text, onclick: act, ...properties});

  // ---- the page -----------------------------------------------------------------------------
  const canvas = make('main', {id: 'canvas', tabIndex: 0, ariaLabel: 'The graph; arrow keys move it'});
  const status = make('div', {id: 'status', role: 'status'});
  const details = make('aside', {id: 'details', hidden: true, ariaLabel: 'Details'});
  const filters = make('aside', {id: 'filters', ariaLabel: 'Search and filters'});
  const themeButton = button('Dark', () => setTheme(!dark), {title: 'Dark or light (d)', id: 'theme'});
  const byButton = button('Colour: types', () => setBy(by === 'type' ? 'cluster' : 'type'), {title: 'Colour by type or cluster (c)', id: 'by'});
  document.body.append(
    make('header', {},
      make('div', {}, make('h1', {textContent: model.title}), make('p', {textContent: model.subtitle})),
      button('Fit', () => view.fit(), {title: 'Show everything (f)', id: 'fit'}),
      button('−', () => view.zoom(1 / 1.3), {title: 'Smaller (-)', ariaLabel: 'Smaller'}),
      button('+', () => view.zoom(1.3), {title: 'Larger (+)', ariaLabel: 'Larger'}),
      byButton, themeButton,
      button('SVG', () => saveSvg(), {title: 'Save what is shown as SVG', className: 'extra', id: 'svg'}),
      button('PNG', () => savePng(), {title: 'Save what is shown as PNG', className: 'extra', id: 'png'}),
      button('?', () => help.showModal(), {title: 'Keys and licences (?)', ariaLabel: 'Help', id: 'help'})),
    filters, canvas, details);
  canvas.append(status);

  // ---- drawing ------------------------------------------------------------------------------
  const engine = typeof cytoscape === 'function' ? 'cytoscape' : 'sigma';
  const stage = make('div', {});
  stage.style.position = 'absolute';
  stage.style.inset = '0';
  canvas.prepend(stage);
  const view = tercet.views[engine](model, stage, {
    node: (id) => chooseNode(id), edge: (id) => chooseEdge(id), nothing: () => clear()});

  const say = () => {
    const count = (flags) => flags.reduce((sum, flag) => sum + flag, 0);
    const things = count(shown.nodes), lines = count(shown.edges);
    const hidden = model.edges.length - lines;
    status.textContent = things + (things === 1 ? ' thing, ' : ' things, ') + lines + (lines === 1 ? ' link' : ' links') +
      (hidden > 0 ? '; ' + hidden + ' switched off' : '') + (pathFrom === null ? '' : ' – choose where the path from “' + model.nodes[pathFrom].name + '” leads');
  };
  const refresh = () => {
    shown = tercet.visible(model, filter);
    view.show(shown);
    highlight();
    say();
  };
  const highlight = () => {
    const nodes = new Set(), edges = new Set(), near = {nodes: new Set(), edges: new Set()};
    if (selected?.kind === 'node') {
      nodes.add(selected.id);
      for (const id of model.nodes[selected.id].edges) {
        if (!shown.edges[id]) continue;
        near.edges.add(id);
        near.nodes.add(model.edges[id].source).add(model.edges[id].target);
      }
    } else if (selected !== null) {
      for (const id of selected.kind === 'edge' ? [selected.id] : selected.edges) {
        edges.add(id);
        nodes.add(model.edges[id].source).add(model.edges[id].target);
      }
    }
    view.select(nodes, edges, near);
  };

  // ---- details ------------------------------------------------------------------------------
  const marked = (edge) => {
    const {group} = model.statuses[edge.status];
    const label = tercet.edgeLabel(model, edge), words = tercet.shortened(tercet.spoken(edge.relation), 40);
    return [make('span', {className: 'mark ' + group, textContent: label.slice(0, label.length - words.length)}), words];
  };
  const quote = (claim) => {
    const text = model.claimText(claim), facts = model.claims[claim];
    const document_ = model.documents[facts.document];
    const sentence = text.sentence ?? text.quote, at = sentence.indexOf(text.quote);
    const said = at < 0 || text.quote === '' ? [sentence] :
      [sentence.slice(0, at), make('mark', {textContent: text.quote}), sentence.slice(at + text.quote.length)];
    const place = make('p', {className: 'faint'});
    // The page builder lets through https://youtu.be/… only; look once more before it is a link.
    if (text.url !== undefined && /^https:\/\/youtu\.be\/[A-Za-z0-9_-]{1,64}(\?t=[0-9]+)?$/.test(text.url)) {
      place.append(make('a', {href: text.url, target: '_blank', rel: 'noopener noreferrer',
        textContent: facts.seconds >= 0 ? '▶ ' + tercet.time(facts.seconds) : '▶ video'}), '  ');
    }
    place.append((document_.title || document_.id) + (text.line > 0 ? ', line ' + text.line : ''),
      make('br'), text.status + ', confidence ' + facts.confidence.toFixed(2) + ', ' + text.by);
    const more = Object.entries(text.qualifiers).map(([name, value]) => name + ': ' + value);
    if (text.condition !== undefined) more.unshift('if: ' + text.condition);
    return make('blockquote', {}, make('p', {}, ...said),
      more.length > 0 ? make('p', {className: 'faint', textContent: more.join(' · ')}) : null, place);
  };
  const statement = (id, from) => {
    const edge = model.edges[id];
    const name = (node) => node === from ? '' : model.nodes[node].name;
    return make('button', {type: 'button', className: 'statement', onclick: () => chooseEdge(id)},
      edge.source === from ? '' : name(edge.source) + ' ', ...marked(edge),
      ' ' + (edge.target !== from ? name(edge.target) : edge.source === from ? 'itself' : 'this'));
  };
  const openDetails = (...children) => {
    const wasHidden = details.hidden;
    details.replaceChildren(button('✕', clear, {className: 'close', ariaLabel: 'Close', title: 'Close (Esc)'}), ...children.filter((c) => c !== null));
    details.hidden = false;
    details.scrollTop = 0;
    if (wasHidden) view.resize();
  };
  const chooseNode = (id, move) => {
    if (pathFrom !== null && pathFrom !== id) return showPath(pathFrom, id);
    const node = model.nodes[id];
    selected = {kind: 'node', id};
    const there = node.edges.filter((edge) => shown.edges[edge]), off = node.edges.length - there.length;
    openDetails(make('h2', {textContent: node.name}),
      make('p', {className: 'faint', textContent: (node.type || 'no type') + ' · ' + node.claims + (node.claims === 1 ? ' claim' : ' claims') +
        (node.aliases.length > 0 ? ' · also: ' + node.aliases.slice(0, 6).join(', ') : '')}),
      node.cluster >= 0 && model.clusters[node.cluster] ? make('p', {className: 'faint', textContent: 'cluster: ' + model.clusters[node.cluster]}) : null,
      make('div', {className: 'buttons'},
        button('Path from here…', () => { pathFrom = id; say(); search.focus(); }, {id: 'path'}),
        button('Neighbours only', () => only(tercet.around(model, shown, id, 1)), {id: 'near'}),
        button('2 steps', () => only(tercet.around(model, shown, id, 2))),
        filter.only === null ? null : button('All again', () => only(null), {id: 'again'})),
      ...there.slice(0, 200).map((edge) => statement(edge, id)),
      there.length > 200 ? make('p', {className: 'faint', textContent: 'and ' + (there.length - 200) + ' more'}) : null,
      off > 0 ? make('p', {className: 'faint', textContent: off + (off === 1 ? ' statement is' : ' statements are') + ' switched off'}) : null);
    highlight();
    say();
    if (move) view.fit(tercet.around(model, shown, id, 1));
  };
  const chooseEdge = (id) => {
    const edge = model.edges[id];
    selected = {kind: 'edge', id};
    const claims = [...edge.claims].sort((a, b) => model.claims[b].confidence - model.claims[a].confidence || a - b);
    openDetails(make('h2', {}, model.nodes[edge.source].name + ' ', ...marked(edge), ' ' + model.nodes[edge.target].name),
      make('p', {className: 'faint', textContent: model.statuses[edge.status].words + ', confidence ' + edge.confidence.toFixed(2)}),
      make('div', {className: 'buttons'}, button(tercet.shortened(model.nodes[edge.source].name, 24), () => chooseNode(edge.source)),
        button(tercet.shortened(model.nodes[edge.target].name, 24), () => chooseNode(edge.target))),
      ...claims.slice(0, 50).map(quote),
      claims.length > 50 ? make('p', {className: 'faint', textContent: 'and ' + (claims.length - 50) + ' more'}) : null);
    highlight();
  };
  const showPath = (from, to) => {
    pathFrom = null;
    const edges = tercet.path(model, shown, from, to);
    const title = make('h2', {textContent: model.nodes[from].name + ' … ' + model.nodes[to].name});
    selected = edges === null ? null : {kind: 'path', edges};
    if (edges === null) {
      openDetails(title, make('p', {id: 'nopath', textContent: 'No path along what is shown. Switching more statements on may open one.'}));
    } else {
      openDetails(title, make('p', {className: 'faint', textContent: edges.length + (edges.length === 1 ? ' step' : ' steps')}),
        ...edges.flatMap((id) => [statement(id, -1), quote(model.edges[id].claims[0])]));
      view.fit(new Set(edges.flatMap((id) => [model.edges[id].source, model.edges[id].target])));
    }
    highlight();
    say();
  };
  const only = (nodes) => {
    filter.only = nodes;
    refresh();
    if (selected?.kind === 'node') chooseNode(selected.id);
    view.fit();
  };
  const clear = () => {
    selected = pathFrom = null;
    if (!details.hidden) details.hidden = true, view.resize();
    highlight();
    say();
  };

  // ---- search -------------------------------------------------------------------------------
  const results = make('ul', {id: 'results'});
  const search = make('input', {type: 'search', id: 'search', placeholder: 'Search a name  ( / )', ariaLabel: 'Search a name', oninput: () => {
    results.replaceChildren(...tercet.search(model, search.value, 12).map((node) => make('li', {},
      button(node.name, () => pick(node.id), {title: node.type}))));
  }});
  search.onkeydown = (event) => {
    if (event.key === 'Enter') {
      const [first] = tercet.search(model, search.value, 1);
      if (first !== undefined) pick(first.id);
    } else if (event.key === 'ArrowDown') {
      results.querySelector('button')?.focus();
      event.preventDefault();
    }
  };
  results.onkeydown = (event) => {
    const item = event.target.closest('li');
    const next = event.key === 'ArrowDown' ? item?.nextSibling : event.key === 'ArrowUp' ? item?.previousSibling ?? search : null;
    if (!next) return;
    (next === search ? search : next.firstChild).focus();
    event.preventDefault();
  };
  const pick = (id) => {
    results.replaceChildren();
    search.value = '';
    // What was searched is shown, whatever the filters hide of it.
    if (filter.only !== null && !filter.only.has(id)) filter.only = null, refresh();
    chooseNode(id, true);
    canvas.focus();
  };

  // ---- filters: they are the legend ---------------------------------------------------------
  const sample = (i) => {  // a line as it is drawn, with its end
    const svg = (tag, attributes) => {
      const element = document.createElementNS(tercet.svgName, tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      return element;
    };
    const status_ = model.statuses[i], color = tercet.palette(dark).lines[status_.color] ?? status_.color;
    const out = svg('svg', {class: 'sample', viewBox: '0 0 34 12'});
    const dash = {dashed: '5 3', dotted: '1.5 3'}[status_.line] ?? '';
    for (const y of status_.group === 'planned' ? [4.8, 7.2] : [6]) {
      out.append(svg('line', {x1: 1, x2: 25, y1: y, y2: y, stroke: color, 'stroke-width': status_.group === 'planned' ? 1 : 2, 'stroke-dasharray': dash}));
    }
    if (status_.head.startsWith('tee')) out.append(svg('line', {x1: 26, x2: 26, y1: 1, y2: 11, stroke: color, 'stroke-width': 2.5}));
    if (status_.head !== 'tee') out.append(svg('polygon', {points: '26,2 33,6 26,10', stroke: color, fill: status_.head === 'empty' ? 'none' : color}));
    return out;
  };
  const count = (values) => {
    const out = new Map();
    for (const value of values) out.set(value, (out.get(value) ?? 0) + 1);
    return out;
  };
  const checks = new Map();  // set of what is off -> [[key, box]]
  const check = (off, key, text, number, picture) => {
    const box = make('input', {type: 'checkbox', checked: !off.has(key), onchange: () => {
      if (box.checked) off.delete(key); else off.add(key);
      refresh();
    }});
    if (!checks.has(off)) checks.set(off, []);
    checks.get(off).push([key, box]);
    return make('label', {className: 'row', title: text}, box, picture ?? null, make('span', {textContent: tercet.shortened(text, 34)}), make('span', {textContent: String(number)}));
  };
  const setAll = (off, on, which) => {
    for (const [key, box] of checks.get(off)) {
      if (which !== undefined && !which(key)) continue;
      if (on) off.delete(key); else off.add(key);
      box.checked = on;
    }
    refresh();
  };
  const allOrNone = (off) => make('div', {className: 'buttons'}, button('all', () => setAll(off, true)), button('none', () => setAll(off, false)));
  const section = (id, name, open, ...children) => make('details', {id, open}, make('summary', {textContent: name}), ...children);
  const toggle = (id, name, groups) => {
    const mine = (i) => groups.includes(model.statuses[i].group);
    if (!model.statuses.some((s, i) => mine(i))) return null;
    const on = () => model.statuses.every((s, i) => !mine(i) || !filter.statuses.has(i));
    const b = button(name, () => { setAll(filter.statuses, !on(), mine); b.ariaPressed = String(on()); }, {id, ariaPressed: String(on())});
    return b;
  };
  const buildFilters = () => {
    checks.clear();
    const perStatus = count(model.edges.map((edge) => edge.status)), perStyle = count(model.nodes.map((node) => node.style));
    const perRelation = [...count(model.edges.map((edge) => edge.relation))].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const parts = [search, results,
      section('statements', 'Statements', true,
        make('div', {className: 'buttons'}, toggle('denied', 'Denied', ['denied', 'disputed']), toggle('hedged', 'Hedged', ['hedged', 'supposed'])),
        ...model.statuses.map((s, i) => check(filter.statuses, i, s.legend, perStatus.get(i) ?? 0, sample(i)))),
      section('types', 'Things', true, ...[...perStyle].sort((a, b) => a[0] - b[0]).map(([i, number]) => {
        const chip = make('span', {className: 'chip'});
        chip.style.background = model.styles[i].fill;
        chip.style.borderColor = model.styles[i].border;
        return check(filter.types, i, model.styles[i].name, number, chip);
      }))];
    parts.push(section('relations', 'Relations (' + perRelation.length + ')', perRelation.length <= 12, allOrNone(filter.relations),
      make('div', {className: 'many'}, ...perRelation.slice(0, 400).map(([relation, number]) => check(filter.relations, relation, tercet.spoken(relation), number)))));
    if (model.documents.length > 1) {
      const perDocument = count(model.claims.map((claim) => claim.document));
      parts.push(section('documents', 'Documents (' + model.documents.length + ')', false, allOrNone(filter.documents),
        make('div', {className: 'many'}, ...model.documents.slice(0, 1000).map((d, i) => check(filter.documents, i, d.title || d.id, perDocument.get(i) ?? 0)))));
    }
    const least = make('output', {textContent: filter.confidence.toFixed(2)});
    parts.push(section('certainty', 'Confidence at least', true, make('div', {className: 'pair'},
      make('input', {type: 'range', min: 0, max: 1, step: 0.05, value: filter.confidence, ariaLabel: 'Least confidence', id: 'confidence', oninput: (event) => {
        filter.confidence = Number(event.target.value);
        least.textContent = filter.confidence.toFixed(2);
        refresh();
      }}), least)));
    const span = (id, name, key, values, words) => {
      let low = Infinity, high = -Infinity;
      for (const value of values) if (value >= 0) low = Math.min(low, value), high = Math.max(high, value);
      if (!(low < high)) return;
      const said = make('span', {className: 'faint'});
      const ends = [low, high].map((value, i) => make('input', {type: 'range', min: low, max: high, step: 1, value, ariaLabel: name + (i === 0 ? ' from' : ' to'), oninput: () => {
        const [from, to] = ends.map((end) => Number(end.value)).sort((a, b) => a - b);
        filter[key] = from === low && to === high ? null : [from, to];
        said.textContent = words(from) + ' – ' + words(to);
        refresh();
      }}));
      said.textContent = words(low) + ' – ' + words(high);
      parts.push(section(id, name, false, said, ...ends));
    };
    span('seconds', 'Time in the video', 'seconds', model.claims.map((claim) => claim.seconds), tercet.time);
    span('years', 'Year', 'years', model.claims.map((claim) => claim.year), String);
    const groups = [...count(model.nodes.map((node) => node.cluster))].filter(([i, n]) => i >= 0 && n > 2).sort((a, b) => b[1] - a[1]).slice(0, 40);
    if (by === 'cluster') {
      parts.push(section('clusters', 'Clusters', true, make('div', {className: 'many'}, ...groups.map(([i, number]) => {
        const chip = make('span', {className: 'chip'});
        chip.style.background = tercet.clusterColors[i % tercet.clusterColors.length];
        chip.style.borderColor = '#6B6B6B';
        return make('label', {className: 'row', title: model.clusters[i]}, chip,
          button(tercet.shortened(model.clusters[i] ?? '', 32), () => view.fit(new Set(model.nodes.filter((n) => n.cluster === i && shown.nodes[n.id]).map((n) => n.id)))),
          make('span', {textContent: String(number)}));
      }))));
    }
    filters.replaceChildren(...parts);
  };

  // ---- looks, pictures, help, keys ----------------------------------------------------------
  const setTheme = (nowDark) => {
    dark = nowDark;
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    themeButton.textContent = dark ? 'Light' : 'Dark';
    view.look(dark, by);
    buildFilters();
    highlight();
  };
  const setBy = (nowBy) => {
    by = nowBy;
    byButton.textContent = by === 'type' ? 'Colour: types' : 'Colour: clusters';
    view.look(dark, by);
    buildFilters();
  };
  const svgText = () => tercet.svgOf(model, shown, view.places(), dark, by);
  const saveSvg = () => tercet.save(new Blob([svgText()], {type: 'image/svg+xml'}), 'graph.svg');
  const savePng = async () => tercet.save(await tercet.pngOf(svgText()), 'graph.png');
  const keys = [['/', 'search'], ['Esc', 'close'], ['f', 'show everything'], ['+ −', 'larger, smaller'], ['← ↑ → ↓', 'move'],
    ['d', 'dark or light'], ['c', 'colour by type or cluster'], ['n', 'denied statements on or off'], ['h', 'hedged statements on or off'], ['p', 'path from the chosen thing']];
  const licences = document.getElementById('licences').content.cloneNode(true);
  const help = make('dialog', {ariaLabel: 'Help'}, make('h2', {textContent: 'Keys'}),
    ...keys.map(([key, what]) => make('div', {}, make('kbd', {textContent: key}), ' ' + what)),
    make('p', {textContent: 'Click a thing for its statements, a line for its quotes. A solid line is asserted; every other line says in words how it is meant.'}),
    make('details', {}, make('summary', {textContent: 'Licences of what draws this page'}), licences),
    button('Close', () => help.close()));
  document.body.append(help);
  const press = {
    '/': () => search.focus(), 'Escape': clear, 'f': () => view.fit(), '+': () => view.zoom(1.3), '=': () => view.zoom(1.3), '-': () => view.zoom(1 / 1.3),
    'ArrowLeft': () => view.pan(60, 0), 'ArrowRight': () => view.pan(-60, 0), 'ArrowUp': () => view.pan(0, 60), 'ArrowDown': () => view.pan(0, -60),
    'd': () => setTheme(!dark), 'c': () => setBy(by === 'type' ? 'cluster' : 'type'), '?': () => help.showModal(),
    'n': () => document.getElementById('denied')?.click(), 'h': () => document.getElementById('hedged')?.click(),
    'p': () => { if (selected?.kind === 'node') pathFrom = selected.id, say(), search.focus(); },
  };
  addEventListener('keydown', (event) => {
    if (help.open || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target === search;
    if (event.target.type === 'range' && event.key.startsWith('Arrow')) return;
    if (typing && event.key === 'Escape') event.target.blur(), results.replaceChildren();
    if (typing && event.key !== 'Escape') return;
    const act = press[event.key];
    if (act === undefined || (event.key.startsWith('Arrow') && results.contains(event.target))) return;
    event.preventDefault();
    act();
  });
  setTheme(dark);
  await pause();
  refresh();
  view.fit();
  // For tests and the curious: what is drawn, and where.
  tercet.page = {model, view, filter, shown: () => shown, selected: () => selected, svg: svgText, ready: true};
  document.documentElement.dataset.ready = 'true';
})();
