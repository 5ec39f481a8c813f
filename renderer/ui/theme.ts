import {
  Badge,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  InputWrapper,
  type MantineColorsTuple,
  Menu,
  Modal,
  MultiSelect,
  Paper,
  Select,
  Tooltip,
} from '@mantine/core'
import { takeFirst } from './take-first.ts'

const pine: MantineColorsTuple = [
  '#edf6f2',
  '#d8ebe3',
  '#b1d7c8',
  '#86c0aa',
  '#5dab91',
  '#3d937a',
  '#297b65',
  '#1c6553',
  '#145043',
  '#0c3a31',
]
const saffron: MantineColorsTuple = [
  '#fff6e3',
  '#fdebc8',
  '#f9d692',
  '#f4c058',
  '#efac2e',
  '#dd9614',
  '#b9790b',
  '#8f5d08',
  '#6c460a',
  '#493004',
]
const brick: MantineColorsTuple = [
  '#fdf1ee',
  '#f9ddd6',
  '#f1baad',
  '#e8937f',
  '#de7058',
  '#cc5039',
  '#b03b26',
  '#92301e',
  '#722718',
  '#511c12',
]
/** The grey of paper and stone rather than of steel. */
const stone: MantineColorsTuple = [
  '#faf9f6',
  '#f3f1ec',
  '#e8e5dd',
  '#d9d5ca',
  '#beb9ac',
  '#8d8878',
  '#69655a',
  '#4e4b42',
  '#35332d',
  '#22201c',
]
const night: MantineColorsTuple = [
  '#ebe9e3',
  '#d2d0c8',
  '#aeaca3',
  '#85847c',
  '#4b4e4b',
  '#3a3e3b',
  '#2b2f2d',
  '#191c1b',
  '#131615',
  '#0e100f',
]

const fonts =
  "'Segoe UI Variable Text', 'Segoe UI', -apple-system, BlinkMacSystemFont, 'Noto Sans', 'Noto Sans Arabic', Roboto, 'Noto Sans Display', sans-serif"

/** The heading of a dialog is no banner of the page. */
const attributes = { header: { role: 'presentation' } }

/** Also for those who read the page in its order; a dialog that is smaller than the list does not cut it off. */
export const besideItsField = { withinPortal: false, floatingStrategy: 'fixed' } as const

export const theme = createTheme({
  colors: { pine, saffron, brick, red: brick, gray: stone, dark: night },
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  black: '#22201c',
  fontFamily: fonts,
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, 'Noto Sans Mono', monospace",
  fontSizes: { xs: '0.8125rem', sm: '0.9375rem', md: '1rem', lg: '1.125rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.5', md: '1.55', lg: '1.5', xl: '1.4' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2.25rem' },
  defaultRadius: 'md',
  radius: { xs: '0.25rem', sm: '0.4375rem', md: '0.625rem', lg: '0.875rem', xl: '1.25rem' },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.25' },
      h2: { fontSize: '1.25rem', lineHeight: '1.35' },
      h3: { fontSize: '1.0625rem', lineHeight: '1.4' },
    },
  },
  shadows: {
    sm: '0 1px 2px rgb(34 32 28 / 6%)',
    md: '0 4px 16px rgb(34 32 28 / 9%)',
    xl: '0 16px 48px rgb(34 32 28 / 18%)',
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Badge: Badge.extend({ defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 550 } }),
    Button: Button.extend({ defaultProps: { fw: 600 } }),
    Drawer: Drawer.extend({
      defaultProps: { position: 'right', overlayProps: { backgroundOpacity: 0.35 }, attributes },
    }),
    // The button that waits for it says that something is missing.
    InputWrapper: InputWrapper.extend({ defaultProps: { labelProps: { fw: 600, mb: 4 }, withAsterisk: false } }),
    Menu: Menu.extend({
      defaultProps: { shadow: 'md', position: 'bottom-end', withinPortal: false, withInitialFocusPlaceholder: false },
    }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        radius: 'lg',
        padding: 'lg',
        overlayProps: { backgroundOpacity: 0.35 },
        // One that moves in would be the edge of every list that opens in it.
        transitionProps: { transition: 'fade' },
        attributes,
      },
    }),
    MultiSelect: MultiSelect.extend({ defaultProps: { onKeyDown: takeFirst } }),
    Select: Select.extend({ defaultProps: { comboboxProps: besideItsField, onKeyDown: takeFirst } }),
    Paper: Paper.extend({ defaultProps: { radius: 'lg' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, events: { hover: true, focus: true, touch: false } } }),
  },
})

/** The names that the style sheets use; everything else follows from Mantine's own. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--bdc-side': '#0f3f35',
    '--bdc-side-ink': '#dcebe4',
    '--bdc-side-ink-soft': '#a9c9bc',
    '--bdc-side-hover': 'rgb(255 255 255 / 7%)',
    '--bdc-side-active': 'rgb(255 255 255 / 13%)',
    '--bdc-saffron': saffron[4],
  },
  light: {
    '--mantine-color-body': stone[0],
    '--mantine-color-error': brick[6],
    '--mantine-color-placeholder': '#767163',
    '--mantine-color-default-border': stone[3],
    '--bdc-surface': '#ffffff',
    '--bdc-raised': stone[0],
    '--bdc-sunken': stone[1],
    '--bdc-line': stone[2],
    '--bdc-hover': '#f5f3ee',
    '--bdc-selected': pine[0],
    '--bdc-ink-soft': stone[6],
    '--bdc-focus': pine[6],
    '--bdc-link': pine[7],
    '--bdc-room': pine[1],
    '--bdc-room-ink': pine[9],
    '--bdc-practice': saffron[1],
    '--bdc-practice-ink': saffron[9],
  },
  dark: {
    '--mantine-color-body': night[7],
    '--mantine-color-error': brick[3],
    '--mantine-color-placeholder': '#94938a',
    '--mantine-color-default-border': night[4],
    '--bdc-side': '#10241f',
    '--bdc-surface': '#212524',
    '--bdc-raised': '#1e2221',
    '--bdc-sunken': '#141716',
    '--bdc-line': '#323634',
    '--bdc-hover': '#282c2b',
    '--bdc-selected': '#1d332c',
    '--bdc-ink-soft': night[2],
    '--bdc-focus': pine[3],
    '--bdc-link': pine[3],
    '--bdc-room': '#1d332c',
    '--bdc-room-ink': pine[1],
    '--bdc-practice': '#3d3015',
    '--bdc-practice-ink': saffron[2],
  },
})
