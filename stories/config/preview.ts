// takes a story, gives it the colours and the direction chosen in the toolbar.
import { setCustomElementsManifest } from '@storybook/web-components-vite';
import type { Preview } from '@storybook/web-components-vite';
import manifest from '../../custom-elements.json';
import 'reforms/define';

setCustomElementsManifest(manifest);

const preview: Preview = {
  globalTypes: {
    scheme: {
      description: 'Light or dark',
      toolbar: {
        title: 'Colours',
        icon: 'contrast',
        items: [
          { value: 'light dark', title: 'as the system' },
          { value: 'light', title: 'light' },
          { value: 'dark', title: 'dark' },
        ],
        dynamicTitle: true,
      },
    },
    direction: {
      description: 'Direction of writing',
      toolbar: {
        title: 'Direction',
        icon: 'transfer',
        items: [
          { value: 'ltr', title: 'left to right' },
          { value: 'rtl', title: 'right to left' },
        ],
        dynamicTitle: true,
      },
    },
  },
  initialGlobals: { scheme: 'light dark', direction: 'ltr' },
  decorators: [
    (story, { globals }) => {
      const page = document.documentElement;
      page.style.colorScheme = String(globals['scheme']);
      page.style.background = 'Canvas';
      // The name by which the elements hand their colours down; a page would set `theme` on each.
      page.style.setProperty('--_scheme', String(globals['scheme']));
      page.dir = String(globals['direction']);
      return story();
    },
  ],
  parameters: { layout: 'padded', controls: { expanded: true } },
};

export default preview;
