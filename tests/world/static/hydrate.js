// Stands for the Svelte code of huggingface.co: takes over each island after load, and moves between papers without loading.
// What other scripts put into an island before is gone after. `?hydrate=1500` in the address delays it to 1500 ms.
const wait = Number(new URLSearchParams(location.search).get('hydrate') ?? 100);

const render = (island, template) => island.replaceChildren(template.content.cloneNode(true));

addEventListener('load', () => {
  setTimeout(() => {
    for (const template of document.querySelectorAll('template[data-renders]')) {
      const island = document.querySelector(`main [data-target="${template.dataset.renders}"]`);
      if (island) render(island, template);
    }
    document.documentElement.dataset.hydrated = 'yes';
    loadMore();
  }, wait);
});

async function ask(address) {
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return { title: page.title, template: page.querySelector('main template[data-renders]') };
}

/** Children that this code made itself: custom elements are put in by others. */
const known = (node) => [...node.childNodes].filter((child) => !child.localName?.includes('-'));

/**
 * Gives elements that are there the content of others, as Svelte does: a card stays and becomes another paper's, and
 * what others put into it stays too.
 */
function patch(old, next) {
  for (const { name, value } of next.attributes ?? [])
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  if (old.className && !next.className) old.removeAttribute('class');
  const have = known(old);
  const want = known(next);
  for (const [at, node] of want.entries()) {
    const place = have[at];
    if (!place) old.append(node);
    else if (place.nodeName !== node.nodeName) place.replaceWith(node);
    else if (place.nodeType === Node.ELEMENT_NODE) patch(place, node);
    else if (place.data !== node.data) place.data = node.data;
  }
  for (const extra of have.slice(want.length)) extra.remove();
}

/** Shows another page in place: the islands keep the `data-props` of the page that was loaded first. */
async function show(address) {
  const { title, template } = await ask(address);
  const island = document.querySelector('main .SVELTE_HYDRATER');
  if (location.href !== new URL(address, location.href).href) return;
  if (!island || !template) {
    location.assign(address);
    return;
  }
  document.title = title;
  const isList = (root) => root.querySelector('.cards') !== null;
  if (isList(island) && isList(template.content)) {
    const next = document.createElement('div');
    render(next, template);
    for (const { name } of [...island.attributes])
      next.setAttribute(name, island.getAttribute(name));
    patch(island, next);
  } else {
    render(island, template);
  }
  loadMore();
}

let loading = false;

/** Fetches the next cards of a long list when its end comes near. */
async function loadMore() {
  const end = document.querySelector('main [data-more]');
  if (!end || loading || end.getBoundingClientRect().top > innerHeight + 200) return;
  loading = true;
  const address = end.dataset.more;
  const { template } = await ask(address).finally(() => {
    loading = false;
  });
  // The list may be another one meanwhile.
  if (end.isConnected && end.dataset.more === address && template) {
    document
      .querySelector('main .cards')
      .append('\n', ...template.content.querySelector('.cards').childNodes);
    const next = template.content.querySelector('[data-more]');
    if (next) end.dataset.more = next.dataset.more;
    else end.remove();
  }
  loadMore();
}
addEventListener('scroll', loadMore, { passive: true });

function go(address) {
  history.pushState({}, '', address);
  show(address.href);
}

const isPapers = ({ origin, pathname }) =>
  origin === location.origin && pathname.startsWith('/papers/');

addEventListener('click', (event) => {
  if (
    event.defaultPrevented ||
    event.button !== 0 ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey
  )
    return;
  const link =
    event.target instanceof Element ? event.target.closest('a[href], button[data-path]') : null;
  const address = new URL(link?.getAttribute('href') ?? link?.dataset?.path ?? '', location.href);
  if (!link || !isPapers(location) || !isPapers(address) || address.hash) return;
  event.preventDefault();
  go(address);
});

addEventListener('submit', (event) => {
  const address = new URL(event.target.action);
  if (!isPapers(location) || !isPapers(address)) return;
  event.preventDefault();
  address.search = new URLSearchParams(new FormData(event.target));
  go(address);
});

addEventListener('popstate', () => show(location.href));
