/** What a chart shows. Values are for drawing only; exact amounts stay in minor units elsewhere. */
export interface ChartSpec {
  /** What the chart says, in one sentence, for people who cannot see it. */
  label: string
  /** Head of the first column of the table behind it, for example 月份. */
  axis: string
  categories: string[]
  series: ChartSeries[]
  /** Writes a value for people; used on the axis, in tips and in the table. */
  format?: (v: number) => string
  /** Bars lie down: for distributions with long names. */
  horizontal?: boolean
}

export interface ChartSeries {
  name: string
  kind: 'bar' | 'line'
  values: (number | null)[]
  /** Bars of one stack stand on each other. */
  stack?: string
}
