import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

export const demoUrl = () => process.env.DEMO_URL ?? ''
export const emptyUrl = () => process.env.EMPTY_URL ?? ''
const demoPassword = 'kezhi-demo-2026'

/** Signs in to the demo by the API, so that journeys begin where they are about something. */
export async function signIn(
  page: Page,
  login: string,
  prefs: { locale?: 'zh' | 'en'; theme?: 'light' | 'dark' } = {},
) {
  const url = demoUrl()
  const answer = await page.request.post(`${url}/api/v1/session`, { data: { login, password: demoPassword } })
  expect(answer.status(), await answer.text()).toBe(200)
  const kept = await page.request.patch(`${url}/api/v1/me`, { data: { locale: 'zh', theme: 'light', ...prefs } })
  expect(kept.ok(), await kept.text()).toBe(true)
}

const nouns = readdirSync(fileURLToPath(new URL('../src/locales/zh', import.meta.url)))
  .filter((f) => f.endsWith('.json'))
  .map((f) => f.replace('.json', ''))
  .filter((noun) => noun !== 'errors')
const keys = new RegExp(`\\b(${nouns.join('|')})\\.[a-z_]+(\\.[a-z_]+)*\\b`, 'g')

/** Nothing on the page may break WCAG 2 A or AA, no untranslated key may show, and it must not scroll sideways. */
export async function checkPage(page: Page, where = '') {
  // A bar that stays at the bottom covers whatever lies behind it at the moment, which axe takes for a target too small:
  // the check sees the page as high as it is.
  const seen = page.viewportSize()
  const main = page.locator('main').first()
  if (seen && (await main.count())) {
    const height = await main.evaluate((el) => el.scrollHeight)
    await page.setViewportSize({ width: seen.width, height: Math.max(seen.height, Math.min(height + 200, 6000)) })
  }
  // What is still fading in has other colours than it will have, and may only begin to in a frame or two.
  await page.evaluate(async () => {
    for (let still = 0; still < 4; still++) {
      const moving = document
        .getAnimations()
        .filter((a) => a.playState === 'running' && a.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
      if (moving.length > 0) still = 0
      await Promise.all(moving.map((a) => a.finished.catch(() => undefined)))
      await new Promise(requestAnimationFrame)
    }
  })
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
  expect
    .soft(
      found.violations.map(
        (v) => `${v.id} (${v.impact}) ×${v.nodes.length}: ${v.nodes[0]?.target} ${v.nodes[0]?.html.slice(0, 160)}`,
      ),
      where,
    )
    .toEqual([])
  await checkWords(page, where)
  if (seen) await page.setViewportSize(seen)
}

/** The quick part of checkPage: no untranslated key may show, and the page must not scroll sideways. */
export async function checkWords(page: Page, where = '') {
  // Names of files and what a rulebook says may look like keys; only what the page itself says is looked at.
  const quoted = await page.locator('.code-editor, .edit-files, .edit-hunks, .source, .part-code').allInnerTexts()
  const text = quoted.reduce((all, part) => all.replaceAll(part, ''), await page.locator('body').innerText())
  // A sentence may name a setting of the configuration file.
  expect.soft(text.replaceAll(/\w+\.(yaml|md)\b|\b(backup\.to|keys\.file)\b/g, '').match(keys) ?? [], where).toEqual([])
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect.soft(overflow, `${where} scrolls sideways`).toBeLessThanOrEqual(0)
}

/** Waits until the page has shown what it asked the server for. */
export async function settled(page: Page) {
  await page.waitForLoadState('networkidle')
  await expect(page.locator('.ant-skeleton-active, .skeleton')).toHaveCount(0)
}
