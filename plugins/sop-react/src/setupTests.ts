import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A busy machine takes its time.
jest.setTimeout(30_000);
configure({ asyncUtilTimeout: 30_000 });
