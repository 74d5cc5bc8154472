import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { usePrefs } from '@/app/prefs'
import { type Palette, palettes } from '@/app/theme'
import type { ChartSpec } from './chartSpec'

use([BarChart, LineChart, AriaComponent, GridComponent, TooltipComponent, SVGRenderer])

/** The colours of series, told apart by lightness as well as hue; styles.css has the same order for legends. */
const hues: (keyof Palette)[] = ['brand', 'warn', 'ok', 'faint', 'bad', 'muted']

/** The drawing behind Chart, loaded with ECharts when the first chart is shown. */
export default function EChart({ spec, height }: { spec: ChartSpec; height: number }) {
  const ref = useRef<HTMLDivElement>(null)
  const { dark } = usePrefs()
  useEffect(() => {
    const el = ref.current
    if (!el) return
    const chart = init(el, null, { renderer: 'svg' })
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    chart.setOption({ ...optionOf(spec, palettes[dark ? 'dark' : 'light']), animation: !still, animationDuration: 180 })
    const watch = new ResizeObserver(() => chart.resize())
    watch.observe(el)
    return () => {
      watch.disconnect()
      chart.dispose()
    }
  }, [spec, dark])
  return <div ref={ref} role="img" aria-label={spec.label} className={`chart-box chart-${height}`} />
}

/** optionOf writes a spec in the words of ECharts, in the colours of a theme. */
export function optionOf(spec: ChartSpec, c: Palette): EChartsCoreOption {
  const format = spec.format ?? ((v: number) => String(v))
  const category = {
    type: 'category',
    data: spec.categories,
    inverse: spec.horizontal,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: c.line } },
    axisLabel: { color: c.muted, fontSize: 12, hideOverlap: true },
  }
  const value = {
    type: 'value',
    splitNumber: 4,
    splitLine: { lineStyle: { color: c.line } },
    axisLabel: { color: c.muted, fontSize: 12, formatter: format },
  }
  return {
    textStyle: { fontFamily: 'inherit' },
    grid: { left: 4, right: 12, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      backgroundColor: c.raised,
      borderColor: c.line,
      textStyle: { color: c.ink, fontSize: 12 },
      axisPointer: { type: 'shadow', shadowStyle: { opacity: 0.3 } },
      valueFormatter: (v: unknown) => (typeof v === 'number' ? format(v) : '—'),
    },
    xAxis: spec.horizontal ? value : category,
    yAxis: spec.horizontal ? category : value,
    series: spec.series.map((s, i) => ({
      name: s.name,
      type: s.kind,
      stack: s.stack,
      data: s.values,
      barMaxWidth: 18,
      symbol: 'circle',
      symbolSize: 5,
      itemStyle: {
        color: c[hues[i % hues.length] ?? 'brand'],
        borderRadius: s.stack ? 0 : spec.horizontal ? [0, 2, 2, 0] : [2, 2, 0, 0],
      },
      lineStyle: { width: 2, type: i % 2 === 1 ? 'dashed' : 'solid' },
    })),
  }
}
