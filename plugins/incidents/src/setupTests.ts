import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';
import { toHaveNoViolations } from 'jest-axe';

expect.extend(toHaveNoViolations);

// Whole pages in jsdom on a busy machine take their time.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 30_000 });

// The diagram measures its boxes; jsdom has no layout.
Object.defineProperty(SVGElement.prototype, 'getBBox', {
  configurable: true,
  value: () => ({ x: 0, y: 0, width: 100, height: 40 }),
});

afterEach(() => {
  sessionStorage.clear();
  localStorage.clear();
});
