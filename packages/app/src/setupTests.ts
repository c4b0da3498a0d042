import '@testing-library/jest-dom';
import { configure } from '@testing-library/dom';

// A whole app is rendered here, on machines that do other things as well.
configure({ asyncUtilTimeout: 30_000 });
jest.setTimeout(60_000);
