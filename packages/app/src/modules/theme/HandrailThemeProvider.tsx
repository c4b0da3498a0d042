import { PropsWithChildren } from 'react';
import {
  createUnifiedTheme,
  UnifiedThemeOptions,
  UnifiedThemeProvider,
} from '@backstage/theme';
import GlobalStyles from '@mui/material/GlobalStyles';
import { Theme } from '@mui/material/styles';
import { darkPalette, lightPalette, pageThemes } from './palettes';

const fontFamily =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

const heading = (fontSize: number) => ({
  fontSize,
  fontWeight: 700,
  marginBottom: 4,
});

// Smaller than Backstage's headings: pages here are read in a hurry, and the
// first screen has to hold the answer.
const typography: UnifiedThemeOptions['typography'] = {
  htmlFontSize: 16,
  fontFamily,
  h1: heading(32),
  h2: heading(28),
  h3: heading(26),
  h4: heading(24),
  h5: heading(18),
  h6: heading(16),
};

/** The light and the dark theme, for both generations of Material UI. */
export const handrailThemes = {
  light: createUnifiedTheme({
    palette: lightPalette,
    pageTheme: pageThemes,
    fontFamily,
    typography,
  }),
  dark: createUnifiedTheme({
    palette: darkPalette,
    pageTheme: pageThemes,
    fontFamily,
    typography,
  }),
};

/** The theme for what does not read it: running text and Backstage UI. */
const globalStyles = ({ palette }: Theme) => ({
  // Colour alone does not tell a link from the words around it.
  'p a[class]': { textDecoration: 'underline' },
  'body, body[data-theme-mode]': {
    '--bui-font-regular': fontFamily,
    '--bui-ring': palette.primary.main,
    '--bui-bg-app': palette.background.default,
    '--bui-bg-neutral-1': palette.background.paper,
    '--bui-accent-bg': palette.primary.main,
    '--bui-accent-bg-hover': palette.primary.dark,
    '--bui-accent-fg': palette.primary.contrastText,
    '--bui-fg-primary': palette.text.primary,
    '--bui-fg-secondary': palette.text.secondary,
    '--bui-fg-positive': palette.success.main,
    '--bui-fg-negative': palette.error.main,
    '--bui-fg-warning': palette.warning.main,
    '--bui-fg-announcement': palette.info.main,
    '--bui-border-1': palette.divider,
  },
});

/** Gives the app one of the two themes. */
export const HandrailThemeProvider = (
  props: PropsWithChildren<{ variant: 'light' | 'dark' }>,
) => (
  <UnifiedThemeProvider theme={handrailThemes[props.variant]}>
    <GlobalStyles styles={globalStyles} />
    {props.children}
  </UnifiedThemeProvider>
);
