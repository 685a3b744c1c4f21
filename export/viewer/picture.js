'use strict';
// A name, not an address; spelled so that the page holds no address but those of quotes.
tercet.svgName = ['http:', '', 'www.w3.org', '2000', 'svg'].join('/');

// The view as a picture of its own: what is shown, where it stands, with a legend of what it uses.
tercet.svgOf = (model, shown, places, dark, by) => {
  const colors = tercet.palette(dark);
  const escape = (text) => tercet.plain(text).replace(/[&<>"]/g, (c) => '&#' + c.charCodeAt(0) + ';')
    .replace(/[\ud800-\udfff\ufffe\uffff]/gu, '\ufffd');
  const nodes = model.nodes.filter((node) => shown.nodes[node.id]);
  const edges = model.edges.filter((edge) => shown.edges[edge.id]);
  const boxes = new Map(nodes.map((node) => {
    const {x, y} = places.get(node.id);
    return [node.id, {x, y, lines: node.lines, w: node.width, h: node.height}];
  }));
  const all = [...boxes.values()];
  const low = (key, size) => all.reduce((least, box) => Math.min(least, box[key] - box[size] / 2), Infinity);
  const high = (key, size) => all.reduce((most, box) => Math.max(most, box[key] + box[size] / 2), -Infinity);
  const left = all.length ? low('x', 'w') - 30 : 0, top = (all.length ? low('y', 'h') : 0) - 110;
  const width = Math.max(640, (all.length ? high('x', 'w') : 0) - left + 30);
  const height = (all.length ? high('y', 'h') : 0) - top + 30;
  const out = ['<svg xmlns="' + tercet.svgName + '" width="' + width.toFixed(0) + '" height="' + height.toFixed(0) +
    '" viewBox="' + [left, top, width, height].map((n) => n.toFixed(1)).join(' ') + '" font-family="Helvetica, Arial, sans-serif">',
    '<rect x="' + left + '" y="' + top + '" width="100%" height="100%" fill="' + colors.page + '"/>'];
  const text = (x, y, size, color, words, more) => out.push('<text x="' + x.toFixed(1) + '" y="' + y.toFixed(1) + '" font-size="' + size +
    '" fill="' + color + '"' + (more ?? '') + '>' + escape(words) + '</text>');
  text(left + 20, top + 34, 22, colors.text, tercet.shortened(model.title, 90), ' font-weight="bold"');
  text(left + 20, top + 56, 13, colors.faint, model.subtitle + ' Shown: ' + nodes.length + ' things, ' + edges.length + ' links.');
  // Where the line from one box's middle to another's leaves the first.
  const edgeOfBox = (box, other) => {
    const dx = other.x - box.x, dy = other.y - box.y;
    const t = Math.min(dx === 0 ? Infinity : box.w / 2 / Math.abs(dx), dy === 0 ? Infinity : box.h / 2 / Math.abs(dy), 1);
    return [box.x + dx * t, box.y + dy * t];
  };
  const dash = {dashed: ' stroke-dasharray="7 5"', dotted: ' stroke-dasharray="1.5 4" stroke-linecap="round"'};
  const draw = (x1, y1, x2, y2, status, color, thick) => {
    const size = Math.hypot(x2 - x1, y2 - y1) || 1, ux = (x2 - x1) / size, uy = (y2 - y1) / size;
    const line = (dx, dy, w) => out.push('<line x1="' + (x1 + dx).toFixed(1) + '" y1="' + (y1 + dy).toFixed(1) + '" x2="' + (x2 + dx - ux * 5).toFixed(1) +
      '" y2="' + (y2 + dy - uy * 5).toFixed(1) + '" stroke="' + color + '" stroke-width="' + w.toFixed(2) + '"' + (dash[status.line] ?? '') + '/>');
    if (status.group === 'planned') line(-uy * 1.4, ux * 1.4, 1), line(uy * 1.4, -ux * 1.4, 1);
    else line(0, 0, thick);
    const at = (along, side) => (x2 - ux * along - uy * side).toFixed(1) + ',' + (y2 - uy * along + ux * side).toFixed(1);
    if (status.head === 'tee') out.push('<polyline points="' + at(2, 6) + ' ' + at(2, -6) + '" stroke="' + color + '" stroke-width="2.5" fill="none"/>');
    else out.push('<polygon points="' + at(0, 0) + ' ' + at(9, 4) + ' ' + at(9, -4) + '" stroke="' + color + '" fill="' + (status.head === 'empty' ? colors.page : color) + '"/>');
    if (status.head === 'teenormal') out.push('<polyline points="' + at(12, 6) + ' ' + at(12, -6) + '" stroke="' + color + '" stroke-width="2.5" fill="none"/>');
  };
  for (const edge of edges) {
    const a = boxes.get(edge.source), b = boxes.get(edge.target), status = model.statuses[edge.status];
    const color = tercet.lineColor(model, edge, dark);
    draw(...edgeOfBox(a, b), ...edgeOfBox(b, a), status, color, 0.6 + 2 * edge.confidence);
    if (edges.length <= 150) {
      text((a.x + b.x) / 2, (a.y + b.y) / 2 - 3, 11, color, tercet.edgeLabel(model, edge),
        ' text-anchor="middle" stroke="' + colors.page + '" stroke-width="3" paint-order="stroke"');
    }
  }
  for (const node of nodes) {
    const {x, y, w, h, lines} = boxes.get(node.id), style = model.styles[node.style];
    const round = style.shape === 'ellipse' ? h / 2 : style.shape === 'box' ? 8 : 0;
    out.push('<rect x="' + (x - w / 2).toFixed(1) + '" y="' + (y - h / 2).toFixed(1) + '" width="' + w.toFixed(1) + '" height="' + h + '" rx="' + round +
      '" fill="' + tercet.fill(model, node, by) + '" stroke="' + style.border + '" stroke-width="1.6"/>');
    lines.forEach((line, i) => text(x, y + ((i - lines.length / 2) * 15 + 12) * node.size, (13 * node.size).toFixed(1), '#1A1A1A', line, ' text-anchor="middle"'));
  }
  let x = left + 20;
  for (const i of new Set(nodes.map((node) => node.style))) {
    const style = model.styles[i];
    out.push('<rect x="' + x + '" y="' + (top + 72) + '" width="24" height="13" fill="' + style.fill + '" stroke="' + style.border + '"/>');
    text(x + 30, top + 83, 12, colors.text, style.name);
    x += 50 + style.name.length * 6.5;
  }
  for (const i of [...new Set(edges.map((edge) => edge.status))].sort((a, b) => a - b)) {
    const status = model.statuses[i], color = colors.lines[status.color] ?? status.color;
    draw(x, top + 79, x + 34, top + 79, status, color, 2);
    text(x + 42, top + 83, 12, colors.text, status.legend);
    x += 62 + status.legend.length * 6.5;
  }
  out.push('</svg>');
  return out.join('\n');
};

tercet.save = (blob, name) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};

// Through the browser's own drawing of the SVG, twice as fine; never more than 40 million pixels.
tercet.pngOf = (svg) => new Promise((done, fail) => {
  const address = URL.createObjectURL(new Blob([svg], {type: 'image/svg+xml'}));
  const image = new Image();
  image.onload = () => {
    const scale = Math.min(2, Math.sqrt(4e7 / (image.width * image.height)), 16000 / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    canvas.width = image.width * scale, canvas.height = image.height * scale;
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    canvas.toBlob(done, 'image/png');
  };
  image.onerror = fail;
  image.src = address;
});
