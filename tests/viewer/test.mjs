// What a reader does with the page, and what a hostile graph tries. usage: test.mjs FOLDER with
// talk.html (a note), hostile.html, large.html (sigma), and a folder for screenshots.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {withPage} from './browser.mjs';

const folder = process.argv[2];
let passed = 0, failed = 0;
const check = (truth, what, more) => {
  if (truth) return void ++passed;
  ++failed;
  console.log('FAILED  ' + what + (more === undefined ? '' : ': ' + JSON.stringify(more)));
};
const shot = (page, name) => page.screenshot({path: join(folder, name + '.png')});
const shown = (page) => page.evaluate(() => ['nodes', 'edges'].map((kind) => tercet.page.shown()[kind].reduce((a, b) => a + b, 0)));
const click = async (page, kind, id) => {
  const {x, y} = await page.evaluate(([k, i]) => {
    const at = tercet.page.view.onScreen(k, i), box = document.querySelector('#canvas > div').getBoundingClientRect();
    return {x: box.left + at.x, y: box.top + at.y};
  }, [kind, id]);
  await page.mouse.click(x, y);
  await page.waitForTimeout(400);  // cytoscape waits whether it is a double click
};
const find = (page, name) => page.evaluate((n) => tercet.page.model.nodes.find((node) => node.name === n).id, name);
const quiet = async (page, seen, file, what) => {
  check(seen.requests.length === 1 && seen.requests[0].endsWith(file), what + ' asks for nothing but itself', seen.requests);
  check(seen.dialogs.length === 0, what + ' opens no dialog', seen.dialogs);
  check(seen.errors.length === 0, what + ' says no error', seen.errors);
  const violations = await page.evaluate('window.violations');
  check(violations.length === 0, what + ' keeps its own policy', violations);
};

// A note, as a reader goes through it.
await withPage(join(folder, 'talk.html'), async (page, seen) => {
  check(await page.evaluate('tercet.page.view.name') === 'cytoscape', 'a note is drawn by cytoscape');
  const model = await page.evaluate(() => ({edges: tercet.page.model.edges.length,
    first: tercet.page.model.edges.filter((e) => ['asserted', 'planned'].includes(tercet.page.model.statuses[e.status].group)).length}));
  check((await shown(page))[1] === model.first, 'asserted statements and plans are shown first', await shown(page));
  await shot(page, 'talk');

  const aws = await find(page, 'Amazon Web Services');
  await click(page, 'node', aws);
  check(await page.textContent('#details h2') === 'Amazon Web Services', 'a click on a thing names it', await page.textContent('#details'));
  const statements = await page.locator('#details .statement').count();
  check(statements > 3, 'a thing lists its statements', statements);
  await shot(page, 'thing');
  await page.click('#near');
  const near = await shown(page);
  check(near[0] > 1 && near[0] < (await page.evaluate('tercet.page.model.nodes.length')), 'neighbours only leaves the neighbours', near);
  await page.click('#again');
  check((await shown(page))[1] === model.first, 'all again shows all again');

  await page.evaluate('tercet.page.view.fit()');
  // The line whose middle is farthest from everything else, so that the click meets nothing but it.
  const edge = await page.evaluate(() => {
    const {model, view} = tercet.page, visible = tercet.page.shown().edges;
    const middles = model.edges.map((e) => view.onScreen('edge', e.id));
    const others = model.nodes.map((n) => view.onScreen('node', n.id));
    const room = (i) => Math.min(
      ...others.map((p) => Math.hypot((p.x - middles[i].x) / 3, p.y - middles[i].y)),
      ...middles.filter((_, j) => j !== i && visible[j]).map((p) => Math.hypot((p.x - middles[i].x) / 3, p.y - middles[i].y)));
    const best = model.edges.map((_, i) => i).filter((i) => visible[i]).sort((a, b) => room(b) - room(a))[0];
    return {id: model.edges[best].id, words: tercet.spoken(model.edges[best].relation)};
  });
  await click(page, 'edge', edge.id);
  check((await page.textContent('#details h2')).includes(edge.words), 'a click on a line names it', await page.textContent('#details h2'));
  const link = page.locator('#details blockquote a').first();
  check(/^https:\/\/youtu\.be\/[A-Za-z0-9_-]+\?t=\d+$/.test(await link.getAttribute('href')), 'a quote leads into the video', await link.getAttribute('href'));
  check((await link.getAttribute('rel')).includes('noopener'), 'a link hands nothing over');
  check((await page.textContent('#details blockquote mark')).length > 3, 'the words that carry the fact are marked');
  await shot(page, 'quote');
  await page.keyboard.press('Escape');
  check(await page.isHidden('#details'), 'Escape closes the details');

  await page.keyboard.press('n');
  const denied = await shown(page);
  check(denied[1] > model.first, 'n shows what is denied', denied);
  check(await page.getAttribute('#denied', 'aria-pressed') === 'true', 'the switch says so');
  await page.keyboard.press('h');
  check((await shown(page))[1] === model.edges, 'h shows what is hedged and supposed', await shown(page));
  await shot(page, 'everything');
  await page.click('#denied');
  await page.click('#hedged');
  check((await shown(page))[1] === model.first, 'both switch off again', await shown(page));

  await page.keyboard.press('/');
  await page.keyboard.type('sagem');
  check(await page.locator('#results li').count() === 1, 'a search finds the name');
  await page.keyboard.press('Enter');
  check(await page.textContent('#details h2') === 'SageMaker', 'Enter chooses it', await page.textContent('#details'));
  await page.click('#path');
  await page.keyboard.type('elastic container');
  await page.keyboard.press('Enter');
  check((await page.textContent('#details h2')).includes('SageMaker … Elastic Container Service'), 'a path has two ends', await page.textContent('#details h2'));
  check(await page.locator('#details .statement').count() === 2, 'SageMaker to the container service takes two steps', await page.textContent('#details'));
  check((await page.locator('#details .statement').first().textContent()).startsWith('Amazon Web Services '), 'a step names both its ends');
  await shot(page, 'path');
  await page.keyboard.press('Escape');

  const before = await shown(page);
  await page.locator('#relations summary').click();
  await page.locator('#relations .buttons button').nth(1).click();
  check((await shown(page))[1] === 0, 'no relation, no line', await shown(page));
  await page.locator('#relations .buttons button').first().click();
  check((await shown(page))[1] === before[1], 'all relations, all lines');
  await page.locator('#types input').first().uncheck();
  check((await shown(page))[0] < before[0], 'a kind of thing is switched off');
  await page.locator('#types input').first().check();
  await page.locator('#confidence').fill('0.75');
  check((await shown(page))[1] < before[1], 'less sure statements go');
  await page.locator('#confidence').fill('0');
  await page.locator('#seconds summary').click();
  await page.locator('#seconds input').first().fill('60');
  check((await shown(page))[1] < before[1], 'earlier statements go');
  await page.locator('#seconds input').first().fill(await page.locator('#seconds input').first().getAttribute('min'));
  check((await shown(page))[1] === before[1], 'and come back', await shown(page));

  const light = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.keyboard.press('d');
  check(await page.evaluate(() => getComputedStyle(document.body).backgroundColor) !== light, 'd turns the page dark');
  await page.keyboard.press('c');
  check(await page.locator('#clusters').count() === 1, 'c lists the clusters');
  await shot(page, 'dark');
  await page.keyboard.press('c');
  await page.keyboard.press('d');

  const save = async (id) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click(id)]);
    return [download.suggestedFilename(), readFileSync(await download.path())];
  };
  const [svgName, svg] = await save('#svg');
  const parsed = await page.evaluate((text) => {
    const document_ = new DOMParser().parseFromString(text, 'image/svg+xml');
    return [document_.querySelector('parsererror') === null, document_.querySelectorAll('text').length];
  }, svg.toString());
  check(svgName === 'graph.svg' && parsed[0] && parsed[1] > before[0], 'the view is saved as SVG', parsed);
  const [pngName, png] = await save('#png');
  check(pngName === 'graph.png' && png.subarray(1, 4).toString() === 'PNG' && png.length > 5000, 'the view is saved as PNG', png.length);
  await page.keyboard.press('?');
  check((await page.textContent('dialog')).includes('MIT'), 'the licences are in the page');
  await quiet(page, seen, 'talk.html', 'the page of a note');
});

// Names made to get out of their quotes.
await withPage(join(folder, 'hostile.html'), async (page, seen) => {
  const names = await page.evaluate(() => tercet.page.model.nodes.map((node) => node.name));
  check(names.some((name) => name.includes('</script>')), 'hostile names are kept', names.length);
  for (let id = 0; id < names.length; ++id) {
    await page.fill('#search', names[id].slice(0, 60));
    await page.locator('#results button').first().click({timeout: 300}).catch(() => {});
  }
  for (const id of await page.evaluate(() => tercet.page.model.edges.map((edge) => edge.id))) {
    const button = page.locator('#details .statement');
    if (id % 5 === 0 && await button.count() > 0) await button.first().click();
  }
  check(await page.evaluate('window.hacked === undefined'), 'no name is run');
  check(await page.locator('img, iframe, object, embed').count() === 0, 'no name becomes an element');
  const links = await page.evaluate(() => [...document.querySelectorAll('a')].map((a) => a.href));
  check(links.every((link) => link.startsWith('https://youtu.be/')), 'no name becomes a link', links);
  const svg = await page.evaluate(() => tercet.page.svg());
  check(!/<(script|img|foreignObject|a)\b/.test(svg), 'hostile names are text in the saved picture');
  check(await page.evaluate((text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror') === null, svg), 'and it is well formed');
  await shot(page, 'hostile');
  await quiet(page, seen, 'hostile.html', 'a hostile page');
});

// A graph that is too large for cytoscape.
await withPage(join(folder, 'large.html'), async (page, seen) => {
  check(await page.evaluate('tercet.page.view.name') === 'sigma', 'a large graph is drawn by sigma');
  const id = await page.evaluate(() => tercet.page.model.nodes.reduce((a, b) => a.edges.length > b.edges.length ? a : b).id);
  await page.evaluate((i) => tercet.page.view.fit(new Set([i, ...tercet.page.model.nodes[i].edges.map((e) => tercet.page.model.edges[e].target)])), id);
  await page.waitForTimeout(500);
  await click(page, 'node', id);
  check(await page.isVisible('#details'), 'a click on a dot opens its details');
  const said = await page.evaluate(() => tercet.page.selected()?.kind);
  check(said === 'node' || said === 'edge', 'something is chosen', said);
  await shot(page, 'large');
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  const name = await page.evaluate((i) => tercet.page.model.nodes[i].name, id);
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  check(await page.textContent('#details h2') === name, 'a search finds a dot', await page.textContent('#details h2'));
  await page.waitForTimeout(500);
  await shot(page, 'large-near');
  await page.keyboard.press('c');
  await page.keyboard.press('f');
  await page.waitForTimeout(500);
  await shot(page, 'large-clusters');
  await quiet(page, seen, 'large.html', 'a large page');
});

console.log('viewer: ' + passed + ' passed, ' + failed + ' failed');
process.exit(failed === 0 ? 0 : 1);
