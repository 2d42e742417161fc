// Stands for MathJax: some time after the page has loaded, every formula is there twice, as its source and as its rendering.
// Called by the pages themselves; here there is nothing to switch.
globalThis.mathjaxToggle = () => {};

addEventListener('load', () => {
  setTimeout(() => {
    for (const node of document.querySelectorAll('.mathjax')) {
      const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) texts.push(walker.currentNode);
      for (const text of texts) {
        const parts = text.data.split(/\$([^$]+)\$/);
        if (parts.length < 2) continue;
        text.replaceWith(
          ...parts.flatMap((part, at) => {
            if (at % 2 === 0) return [part];
            const preview = document.createElement('span');
            preview.className = 'MathJax_Preview';
            const shown = document.createElement('span');
            shown.className = 'MathJax';
            shown.textContent = part.replace(/\\[a-z]+/gi, '').replace(/[{}]/g, '');
            const source = document.createElement('script');
            source.type = 'math/tex';
            source.textContent = part;
            return [preview, shown, source];
          }),
        );
      }
    }
    document.documentElement.dataset.mathjax = 'done';
  }, 50);
});
