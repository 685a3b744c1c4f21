// Facts as JSONL for tests: graphs.mjs hostile | graphs.mjs random NODES EDGES
const fact = (id, subject, relation, object, more) => JSON.stringify({
  id: id.toString(16).padStart(16, '0'), subject, object, subject_type: 'Organization', object_type: 'Product', relation,
  polarity: 'positive', modality: 'asserted', condition: null, condition_facts: [], qualifiers: {}, confidence: 0.8,
  sentence: subject + ' is linked to ' + object + ', they say.', evidence: 'is linked to', subject_text: subject, object_text: object,
  antecedent: null, doc: 'made.md', start: 1, end: 2, line: 1, timestamp: null, url: null, by: 'test', ...more});

if (process.argv[2] === 'hostile') {
  const run = 'window.hacked=1;alert(1)';
  const names = ['</script><script>' + run + '</script>', '<img src=x onerror="' + run + '">', '"><svg onload=' + run + '>', 'javascript:' + run,
    '\'-alert(1)-\'', '${' + run + '}', '{{' + run + '}}', '<!--<script>', ']]>', '\u2028\u2029', '\u202eexe.pdf', '__proto__', 'constructor', 'toString',
    'hasOwnProperty', '\\u003c/script\\u003e', '<a href="https://example.org">x</a>', 'x'.repeat(5000), '\u0000\u0001\u001b[31m', ' ', '🚀'.repeat(50)];
  names.forEach((name, i) => {
    const more = {timestamp: '00:00:05', sentence: name, evidence: name, condition: name, by: name, doc: name};
    console.log(fact(2 * i, name, name, 'thing', {...more, url: 'javascript:' + run, qualifiers: {role: name, date: name}}));
    console.log(fact(2 * i + 1, 'thing', 'uses', name, {...more, url: 'https://youtu.be/abc?t=5"onclick=' + run, object_type: name,
      polarity: i % 2 ? 'negative' : 'positive', modality: i % 3 ? 'possible' : 'asserted'}));
  });
} else {
  const [nodes, edges] = process.argv.slice(3).map(Number);
  let state = 7;
  const below = (n) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor(state / 4294967296 * n); };
  const relations = ['offers', 'uses', 'competes_with', 'develops', 'part_of'];
  const seen = new Set();
  for (let i = 0; seen.size < edges; ++i) {
    const from = i < nodes ? i : below(nodes);
    const group = from - from % 100;  // most links stay in groups of a hundred
    const to = below(6) === 0 ? below(Math.ceil(nodes / 50)) * 50 : Math.min(nodes - 1, group + below(100));
    const relation = relations[i % 5], key = from + ' ' + relation + ' ' + to;
    if (from === to || seen.has(key)) continue;
    seen.add(key);
    console.log(fact(i, 'Thing ' + from, relation, 'Thing ' + to, {doc: 'd' + i % 40 + '.md',
      subject_type: from % 3 ? 'Organization' : 'Product', object_type: to % 3 ? 'Organization' : 'Product'}));
  }
}
