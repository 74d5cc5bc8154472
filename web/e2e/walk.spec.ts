import { expect, type Page, type Request, test } from '@playwright/test'
import { checkPage, demoUrl, signIn } from './kit'

/**
 * Every page of the interface, as it meets the people who use it: reads well (WCAG 2 AA), does not scroll sideways, says no
 * untranslated key, is not empty, asks the server for nothing it refuses, and leaves no fault in the console.
 *
 * Usually the administrator and a regional manager walk, in one language and theme per width and person;
 * KEZHI_WALK=all sends every role in every language and theme.
 */
const themes = ['light', 'dark'] as const
const locales = ['zh', 'en'] as const
type Look = { login: string; theme: (typeof themes)[number]; locale: (typeof locales)[number] }

const all = process.env.KEZHI_WALK === 'all'
const some: Look[] = [
  { login: 'admin', theme: 'light', locale: 'zh' },
  { login: 'admin', theme: 'dark', locale: 'en' },
  { login: 'east.manager', theme: 'light', locale: 'en' },
]
const every: Look[] = ['admin', 'director', 'auditor', 'east.manager', 'lin'].flatMap((login) =>
  themes.flatMap((theme) => locales.map((locale) => ({ login, theme, locale }))),
)

const rulebook = 'dealer-annual-grading'
const grading = ['', 'verdicts', 'without', 'movement', 'judge', 'runs']
const rulebookTabs = ['', 'duties', 'compliance', 'settings', 'cases', 'problems', 'files', 'versions', 'simulation']
const service = ['today', 'week', 'overdue', 'upcoming', 'done', 'missed', 'every']
const settings = ['', 'me', 'users', 'units', 'roles', 'fields', 'audit', 'events', 'about']
const paths = [
  '/',
  '/customers',
  '/segments',
  '/jobs',
  '/imports',
  '/imports/new?target=customers',
  '/imports/new?target=order',
  '/rulebooks',
  '/rulebook-coverage',
  '/nowhere',
  ...grading.map((t) => `/grading?tab=${t}`),
  ...rulebookTabs.map((t) => `/rulebooks/${rulebook}?tab=${t}`),
  ...service.map((t) => `/service?tab=${t}`),
  ...settings.map((p) => `/settings/${p}`),
]

/** The pages of one customer, one duty, one person: whatever comes first among what this person may see. */
async function found(page: Page): Promise<string[]> {
  const first = async (path: string): Promise<{ id: string; seq: number } | undefined> => {
    const answer = await page.request.get(`${demoUrl()}/api/v1/${path}`)
    return answer.ok() ? (await answer.json()).items?.[0] : undefined
  }
  const customer = await first('customers?limit=1&sort=grade.dealer')
  const duty = await first('duties?limit=1')
  const entry = await first('audit?limit=1')
  return [
    customer && `/customers/${customer.id}`,
    customer && `/customers?open=${customer.id}`,
    customer && `/grading?tab=verdicts&open=${customer.id}`,
    duty && `/service?tab=every&open=${duty.id}`,
    entry && `/settings/audit?open=${entry.seq}`,
  ].filter((p) => p !== undefined)
}

/** Waits until nothing is asked of the server any more and the page stands; quicker than the browser's own idea of it. */
async function stands(page: Page, asking: () => number) {
  await expect(page.locator('main h1').first()).toBeVisible()
  await expect.poll(asking, { intervals: [30, 30, 60, 120, 250] }).toBe(0)
  await expect(page.locator('.ant-skeleton-active, .skeleton')).toHaveCount(0)
}

/** Says what went wrong behind the page; and how many requests are on their way. */
function listen(page: Page) {
  let wrong: string[] = []
  const open = new Set<Request>()
  page.on('request', (r) => open.add(r))
  page.on('requestfinished', (r) => open.delete(r))
  page.on('requestfailed', (r) => open.delete(r))
  page.on('framenavigated', () => open.clear())
  page.on('pageerror', (e) => wrong.push(String(e)))
  page.on('console', (m) => m.type() === 'error' && wrong.push(m.text()))
  page.on('response', (r) => r.status() >= 400 && wrong.push(`${r.status()} ${r.request().method()} ${r.url()}`))
  return {
    asking: () => open.size,
    take: () => {
      const taken = wrong
      wrong = []
      return taken
    },
  }
}

for (const look of all ? every : some) {
  test(`every page of ${look.login}: ${look.theme}, ${look.locale}`, async ({ page }, info) => {
    test.setTimeout(all ? 600_000 : 180_000)
    const faults = listen(page)
    await signIn(page, look.login, look)
    for (const path of [...paths, ...(await found(page))]) {
      await test.step(path, async () => {
        await page.goto(demoUrl() + path)
        await stands(page, faults.asking)
        expect.soft((await page.locator('main').innerText()).length, `${path} is empty`).toBeGreaterThan(20)
        // What leads out of a panel must not be pushed off the screen.
        const away = await page
          .locator('.panel-head button')
          .evaluateAll((all) => all.filter((b) => b.getBoundingClientRect().right > innerWidth).map((b) => b.ariaLabel))
        expect.soft(away, path).toEqual([])
        await checkPage(page, path)
        expect.soft(faults.take(), path).toEqual([])
        const name = path.replaceAll(/\W+/g, '-').replace(/\d{8,}/, 'one')
        await page.screenshot({ path: info.outputPath(`${look.login}${name}-${look.theme}-${look.locale}.png`) })
      })
    }
  })
}
