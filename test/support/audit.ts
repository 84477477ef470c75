// takes an element on the page, gives the accessibility rules it breaks; none is a pass.

import axe from 'axe-core';

/** WCAG 2.2 AA and axe's best practices, shadow roots included. Rules about whole pages do not apply to a piece. */
export async function audit(element: Element): Promise<readonly string[]> {
  const { violations } = await axe.run(element, {
    rules: { region: { enabled: false } },
    resultTypes: ['violations'],
  });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} — ${node.html} (${node.failureSummary ?? ''})`),
  );
}
