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
  }, wait);
});

/** Shows another page in place: the islands keep the `data-props` of the page that was loaded first. */
async function show(address) {
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const island = document.querySelector('main .SVELTE_HYDRATER');
  const next = page.querySelector('main template[data-renders]');
  if (!island || !next) {
    location.assign(address);
    return;
  }
  document.title = page.title;
  render(island, next);
}

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
  if (
    !link ||
    address.origin !== location.origin ||
    !address.pathname.startsWith('/papers/') ||
    address.hash
  )
    return;
  event.preventDefault();
  history.pushState({}, '', address);
  show(address);
});

addEventListener('popstate', () => show(location.href));
