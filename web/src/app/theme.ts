import { type ThemeConfig, theme } from 'antd'

/** The colours of one theme. `tokens.css` holds the same values for the style sheets; a test compares the two. */
export interface Palette {
  ink: string
  muted: string
  faint: string
  line: string
  ground: string
  surface: string
  raised: string
  rail: string
  hover: string
  brand: string
  'brand-solid': string
  'brand-soft': string
  'brand-ink': string
  ok: string
  'ok-ink': string
  'ok-soft': string
  warn: string
  'warn-ink': string
  'warn-soft': string
  bad: string
  'bad-ink': string
  'bad-soft': string
}

/** The two palettes. `*-ink` colours are for text, the plain ones for dots, strokes and bars. */
export const palettes: Record<'light' | 'dark', Palette> = {
  light: {
    ink: '#1b2331',
    muted: '#5f6a7d',
    faint: '#98a2b3',
    line: '#e8eaee',
    ground: '#f6f7f9',
    surface: '#ffffff',
    raised: '#ffffff',
    rail: '#fbfcfd',
    hover: '#f3f5f9',
    brand: '#2456d6',
    'brand-solid': '#2456d6',
    'brand-soft': '#eaf0fe',
    'brand-ink': '#1d48b8',
    ok: '#1f8a6b',
    'ok-ink': '#17694f',
    'ok-soft': '#e7f5f0',
    warn: '#c9761e',
    'warn-ink': '#8f4f0c',
    'warn-soft': '#fdf3e4',
    bad: '#c0392b',
    'bad-ink': '#ab2e21',
    'bad-soft': '#fdecea',
  },
  dark: {
    ink: '#e6e8ec',
    muted: '#9aa3b2',
    faint: '#6b7585',
    line: '#262d38',
    ground: '#0f1319',
    surface: '#171c24',
    raised: '#1d232d',
    rail: '#12161d',
    hover: '#1c232d',
    brand: '#5b8cff',
    'brand-solid': '#2f5fd0',
    'brand-soft': '#1b2742',
    'brand-ink': '#9dbaff',
    ok: '#59c3a3',
    'ok-ink': '#6fd3b4',
    'ok-soft': '#15302a',
    warn: '#f0a45d',
    'warn-ink': '#f3b57c',
    'warn-soft': '#35260f',
    bad: '#ef7d70',
    'bad-ink': '#f4978c',
    'bad-soft': '#3a1d1b',
  },
}

const font =
  '"PingFang SC", "HarmonyOS Sans SC", "MiSans", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif'

/** Look of the components of Ant Design; `touch` raises controls to the 44 px that fingers need. */
export function appTheme(dark: boolean, touch: boolean): ThemeConfig {
  const c = dark ? palettes.dark : palettes.light
  return {
    zeroRuntime: true,
    hashed: false,
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: c.brand,
      colorInfo: c.brand,
      colorSuccess: c.ok,
      colorWarning: c.warn,
      colorError: c.bad,
      colorErrorText: c['bad-ink'],
      // Words on a button under the pointer stay as dark as others; the derived shade is too light to read.
      colorErrorHover: c['bad-ink'],
      colorErrorBorderHover: c['bad-ink'],
      colorTextBase: c.ink,
      colorText: c.ink,
      colorTextSecondary: c.muted,
      colorTextTertiary: c.muted,
      colorTextDescription: c.muted,
      colorTextPlaceholder: dark ? '#8b95a5' : '#6b7484',
      colorBgLayout: c.ground,
      colorBgContainer: c.surface,
      colorBgElevated: c.raised,
      colorBorder: dark ? '#333c4a' : '#d9dde4',
      colorBorderSecondary: c.line,
      colorLink: c.brand,
      borderRadius: 6,
      borderRadiusLG: 8,
      fontFamily: font,
      fontSize: touch ? 14 : 13,
      lineHeight: 20 / 13,
      controlHeight: touch ? 44 : 32,
      controlHeightSM: touch ? 36 : 28,
      controlHeightLG: touch ? 48 : 40,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.18s',
      boxShadow: '0 4px 16px rgb(16 24 40 / 12%), 0 0 0 1px rgb(16 24 40 / 4%)',
      boxShadowSecondary: '0 4px 16px rgb(16 24 40 / 12%), 0 0 0 1px rgb(16 24 40 / 4%)',
    },
    components: componentTokens(dark, c),
  }
}

function componentTokens(dark: boolean, c: Palette): ThemeConfig['components'] {
  return {
    Table: {
      headerBg: c.surface,
      headerColor: c.muted,
      cellPaddingBlockSM: 8,
      cellPaddingInlineSM: 12,
      headerSplitColor: 'transparent',
      rowHoverBg: c.hover,
      rowSelectedBg: dark ? c['brand-soft'] : '#eff4fe',
      rowSelectedHoverBg: dark ? '#1f2d4e' : '#e6eefd',
      borderColor: c.line,
    },
    Tabs: {
      itemSelectedColor: c['brand-ink'],
      itemHoverColor: c['brand-ink'],
      inkBarColor: c.brand,
      horizontalItemPadding: '10px 0',
      titleFontSize: 13,
      horizontalItemGutter: 24,
    },
    Button: {
      primaryShadow: 'none',
      defaultShadow: 'none',
      colorLink: c['brand-ink'],
      colorLinkHover: c.brand,
      colorLinkActive: c['brand-ink'],
      dangerShadow: 'none',
      colorPrimary: c['brand-solid'],
      colorPrimaryHover: dark ? '#3b6ce0' : '#2e62e6',
      colorPrimaryActive: dark ? '#2850b4' : '#1d48b8',
    },
    Form: { verticalLabelPadding: '0 0 4px', itemMarginBottom: 22, labelColor: c.muted },
    Drawer: { paddingLG: 20 },
    Tooltip: { colorBgSpotlight: dark ? '#333c4a' : '#1b2331' },
  }
}
