import { expect, test } from '@playwright/test'
import { checkPage, demoUrl, settled, signIn } from './kit'

const pages = [
  { path: '/', name: 'workbench' },
  { path: '/customers', name: 'customers' },
  { path: '/segments', name: 'segments' },
  { path: '/customers/FIRST', name: 'record' },
  { path: '/service?tab=upcoming', name: 'service' },
  { path: '/grading', name: 'grading' },
  { path: '/grading?tab=movement', name: 'movement' },
  { path: '/grading?tab=judge', name: 'judge' },
  { path: '/rulebooks', name: 'rulebooks' },
  { path: '/rulebooks/dealer-annual-grading', name: 'rulebook' },
  { path: '/rulebooks/dealer-annual-grading?tab=compliance', name: 'compliance' },
  { path: '/imports', name: 'imports' },
  { path: '/imports/new?target=order', name: 'import' },
  { path: '/settings', name: 'settings' },
  { path: '/settings/events', name: 'events' },
]

/** Every page in both themes; the language goes with the theme, so that each language and each theme is met on each page. */
for (const look of [
  { theme: 'light', locale: 'zh' },
  { theme: 'dark', locale: 'en' },
] as const) {
  test(`every page reads well: ${look.theme}, ${look.locale}`, async ({ page }, info) => {
    test.setTimeout(240_000)
    const wrong: string[] = []
    page.on('pageerror', (e) => wrong.push(String(e)))
    page.on('console', (m) => m.type() === 'error' && wrong.push(m.text()))
    await signIn(page, 'admin', look)
    const list = await (await page.request.get(`${demoUrl()}/api/v1/customers?limit=1&sort=grade.dealer`)).json()
    for (const p of pages) {
      await test.step(p.name, async () => {
        await page.goto(demoUrl() + p.path.replace('FIRST', list.items[0].id))
        await settled(page)
        await expect(page.locator('h1').first()).toBeVisible()
        await checkPage(page)
        await page.screenshot({ path: info.outputPath(`${p.name}-${look.theme}-${look.locale}.png`) })
      })
    }
    expect(wrong).toEqual([])
  })
}
