// What a person reads in an element of a page, as one line of plain text with its formulas as TeX.

/** White space as a page shows it: one space, none at the ends. */
export function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The TeX of a formula that LaTeXML wrote as MathML; its long lines are broken by TeX comments. */
function texOf(math: Element): string {
  const tex = math.getAttribute('alttext') ?? math.querySelector('annotation')?.textContent ?? '';
  return tex.replace(/%\n/g, '');
}

/**
 * The text of an element, folded. A formula is its TeX between dollar signs, once, whether it is still text, drawn by
 * MathJax 2 (which leaves the TeX in a script beside the drawing) or MathML with the TeX in it.
 * @param element nothing gives the empty text
 * @param skip selects what is left out
 */
export function textOf(element: Element | null | undefined, skip = 'style'): string {
  let text = '';
  const walk = (node: Node) => {
    for (const child of node.childNodes) {
      if (child.nodeType === 3) text += child.nodeValue;
      if (child.nodeType !== 1) continue;
      const inner = child as Element;
      const name = inner.localName;
      if (inner.matches(`${skip}, [class^="MathJax"]`)) continue;
      if (name === 'math') text += `$${texOf(inner)}$`;
      else if (name !== 'script') walk(inner);
      else if (/^math\/tex/.test(inner.getAttribute('type') ?? ''))
        text += `$${inner.textContent}$`;
      if (/^(br|p|div)$/.test(name)) text += ' ';
    }
  };
  if (element) walk(element);
  return fold(text);
}
