import { expect, type Page, type Request, test } from '@playwright/test'
import { checkPage, checkWords, demoUrl, signIn } from './kit'

/**
 * Every page of the interface, as it meets the people who use it: reads well (WCAG 2 AA), does not scroll sideways, says no
 * untranslated key, is not empty, asks the server for nothing it refuses, and leaves no fault in the console.
 *
 * Usually the administrator walks on the desktop, in Chinese and light, and a regional manager on the phone, in English and
 * dark, without the slow check of accessibility, which the journeys make; KEZHI_WALK=slow makes it everywhere, KEZHI_WALK=all sends every role at both widths in every
 * language and theme.
 */
interface Look {
  login: string
  theme: 'light' | 'dark'
  locale: 'zh' | 'en'
}
const light: Omit<Look, 'login'> = { theme: 'light', locale: 'zh' }
const dark: Omit<Look, 'login'> = { theme: 'dark', locale: 'en' }
const all = process.env.KEZHI_WALK === 'all'
const slow = all || process.env.KEZHI_WALK === 'slow'
const walkers = all ? ['admin', 'director', 'auditor', 'east.manager', 'lin'] : ['admin', 'east.manager']

/** The looks in which somebody walks at a width. */
function looksOf(login: string, phone: boolean): Look[] {
  if (all) return (['zh', 'en'] as const).flatMap((locale) => [light, dark].map((l) => ({ ...l, locale, login })))
  return [{ login, ...(phone ? dark : light) }]
}

const rulebook = 'dealer-annual-grading'
const grading = ['', 'verdicts', 'without', 'movement', 'judge', 'runs']
const axes = 'three-axis-grading'
const rulebookTabs = ['', 'duties', 'compliance', 'settings', 'cases', 'problems', 'files', 'versions', 'simulation']
const service = ['today', 'week', 'overdue', 'upcoming', 'done', 'missed', 'every']
const settings = [
  '',
  'me',
  'users',
  'units',
  'posts',
  'roles',
  'fields',
  'rates',
  'public',
  'channels',
  'audit',
  'backup',
  'keys',
  'events',
  'about',
]
const paths = [
  '/',
  '/customers',
  '/segments',
  '/service/events',
  '/jobs',
  '/imports',
  '/imports/new?target=customers',
  '/imports/new?target=order',
  '/knowledge',
  '/knowledge?tab=every',
  '/messages',
  '/messages?tab=greetings',
  '/messages?tab=templates',
  '/rulebooks',
  '/rulebook-coverage',
  '/rulebooks/complaint-handling?tab=procedures',
  '/visits',
  '/visits?tab=past&whose=mine',
  '/visits/calendar?view=week',
  '/visits/calendar?view=month',
  '/visits/week',
  '/registers',
  '/service/owners',
  '/service/handovers',
  '/service/rendered',
  '/promises',
  '/promises?tab=overdue&whose=all',
  '/cases',
  '/cases?tab=every',
  '/grading/reviews',
  '/grading/checks',
  '/grading/proposals',
  '/cases/import',
  `/grading?rulebook=${axes}&tab=cross`,
  '/nowhere',
  ...['figures', 'league', 'prevention', 'made'].map((t) => `/cases/statistics?tab=${t}`),
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
  const article = await first('articles?limit=1')
  const visit = await first('visits?limit=1')
  return [
    customer && `/customers/${customer.id}`,
    customer && `/customers?open=${customer.id}`,
    customer && `/customers/${customer.id}/service`,
    customer && `/grading?tab=verdicts&open=${customer.id}`,
    duty && `/service?tab=every&open=${duty.id}`,
    visit && `/visits?whose=all&open=${visit.id}`,
    entry && `/settings/audit?open=${entry.seq}`,
    article && `/knowledge/${article.id}?lang=both`,
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

for (const login of walkers) {
  test(`every page of ${login}`, async ({ page }, info) => {
    const phone = info.project.name === 'phone'
    test.skip(!all && phone !== (login === 'east.manager'), 'walks at the other width')
    const looks = looksOf(login, phone)
    test.setTimeout(looks.length * 600_000)
    const faults = listen(page)
    for (const look of looks) {
      await signIn(page, login, { theme: look.theme, locale: look.locale })
      for (const path of [...paths, ...(await found(page))])
        await test.step(`${path} ${look.theme} ${look.locale}`, async () => {
          await page.goto(demoUrl() + path)
          await stands(page, faults.asking)
          await looksSound(page, path, slow)
          expect.soft(faults.take(), path).toEqual([])
          const name = `${login}${path.replaceAll(/\W+/g, '-').replace(/\d{8,}/, 'one')}-${look.theme}-${look.locale}`
          await page.screenshot({ path: info.outputPath(`${name}.png`) })
        })
    }
  })
}

async function looksSound(page: Page, path: string, thorough: boolean) {
  const said = async () => (await page.locator('main').innerText()).length
  await expect
    .configure({ soft: true })
    .poll(said, { message: `${path} is empty`, timeout: 10_000 })
    .toBeGreaterThan(20)
  // What leads out of a panel must not be pushed off the screen, once the panel has slid in.
  const away = () =>
    page
      .locator('.panel-head button')
      .evaluateAll((found) => found.filter((b) => b.getBoundingClientRect().right > innerWidth).map((b) => b.ariaLabel))
  await expect.configure({ soft: true }).poll(away, { message: path, timeout: 5000 }).toEqual([])
  await (thorough ? checkPage : checkWords)(page, path)
}
