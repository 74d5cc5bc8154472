import { expect, test } from '@playwright/test'
import { checkPage, demoUrl, settled, signIn } from './kit'
import { w } from './words'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

test('the workbench on the phone opens without a network, says of when it is, and is gone after signing out', async ({
  page,
  context,
}) => {
  await signIn(page, 'lin')
  await page.goto(demoUrl())
  await settled(page)
  // The first visit installs the application; the second is the first that it watches over.
  await page.evaluate(() => navigator.serviceWorker.ready)
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  await page.reload()
  await settled(page)
  const heading = page.getByRole('heading', { level: 1 })
  const duties = page.getByRole('region', { name: w('workbench.duties') })
  const greeting = await heading.innerText()
  const first = await duties.getByRole('link').nth(1).innerText()

  await context.setOffline(true)
  await page.reload()
  await expect(heading).toHaveText(greeting)
  await expect(duties.getByText(first).first()).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: /\d\d:\d\d/ })).toBeVisible()
  await checkPage(page, 'the workbench offline')

  await context.setOffline(false)
  await page.reload()
  await settled(page)
  await expect(page.locator('.offline')).toHaveCount(0)

  await page.evaluate(() => fetch('/api/v1/session', { method: 'DELETE' }))
  expect(await page.evaluate(() => caches.has('kezhi-reads'))).toBe(false)
  await context.setOffline(true)
  await page.reload()
  await expect(page.getByText(first)).toHaveCount(0)
  await expect(duties).toHaveCount(0)
})
