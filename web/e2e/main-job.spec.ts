import { expect, type Page, test } from '@playwright/test'
import { checkPage, emptyUrl, settled } from './kit'
import { w } from './words'

/** 24 dealers; the first five buy a lot and pay at once, the others less and less. */
const code = (i: number) => `D${String(i).padStart(3, '0')}`
const customers = `客户编号,客户名称,客户类型,省份,手机\n${Array.from({ length: 24 }, (_, i) => `${code(i)},禾青${i}号家居有限公司,经销商,浙江省,1380013${String(8000 + i)}`).join('\n')}\n`

function months(): string[] {
  const out: string[] = []
  for (let back = 1; back <= 12; back++) {
    const d = new Date()
    d.setUTCDate(10)
    d.setUTCMonth(d.getUTCMonth() - back)
    out.push(d.toISOString().slice(0, 8))
  }
  return out
}

const sales = (i: number) => (i < 5 ? 600_000 : 40_000 / (i - 3))
const orders = `订单号,客户编号,下单日期,金额,币种,状态\n${months()
  .flatMap((m) =>
    Array.from({ length: 24 }, (_, i) => `SO${m}${i},${code(i)},${m}05,${sales(i).toFixed(2)},CNY,shipped`),
  )
  .join('\n')}\nSO-bad,D001,2026-02-30,10,CNY,shipped\n`

async function importFile(page: Page, target: string, name: string, text: string) {
  await page.goto(`${emptyUrl()}/imports/new?target=${target}`)
  await settled(page)
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page.getByRole('button', { name: w('importer.check') }).click()
  const run = page.getByRole('button', { name: new RegExp(w('importer.run', { n: '\\d+' }).replace(/\s/g, '\\s*')) })
  await run.click()
  await expect(page.getByRole('heading', { name: /导入结果/ })).toBeVisible()
}

test('a new installation: set up, import, adopt, grade, ask why, work the list', async ({ page }) => {
  test.setTimeout(240_000)
  await test.step('set up the first administrator', async () => {
    await page.goto(process.env.SETUP_URL ?? '')
    await page.getByLabel(w('session.setup.name')).fill('王敏')
    await page.getByLabel(w('session.login')).fill('boss')
    await page.locator('input[type=password]').fill('一句不容易猜到的很长的密码')
    await page.getByRole('button', { name: w('session.setup.do') }).click()
    await expect(page.getByRole('heading', { name: w('workbench.setup.title') })).toBeVisible()
    await checkPage(page)
  })
  await test.step('import customers and orders', async () => {
    await importFile(page, 'customers', '客户.csv', customers)
    await importFile(page, 'order', '订单.csv', orders)
    await settled(page)
    await checkPage(page)
  })
  await test.step('adopt the dealer rulebook', async () => {
    await page.goto(`${emptyUrl()}/rulebooks/dealer-annual-grading`)
    await page.getByRole('button', { name: w('rulebook.adopt.do'), exact: true }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: w('rulebook.adopt.submit') })
      .click()
    await expect(page.getByRole('dialog')).toBeHidden()
  })
  await test.step('grade everybody', async () => {
    await page.goto(`${emptyUrl()}/grading`)
    await page
      .getByRole('button', { name: w('grading.start.do') })
      .first()
      .click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: w('grading.start.submit') })
      .click()
    await expect(page.getByText('A级').first()).toBeVisible({ timeout: 60_000 })
  })
  await test.step('see who is an A and why', async () => {
    await page.goto(`${emptyUrl()}/customers?q=${encodeURIComponent('禾青0号')}`)
    await page.getByRole('link', { name: '禾青0号家居有限公司' }).click()
    await page.getByRole('button', { name: /A级/ }).first().click()
    await expect(page.getByText('近十二个月销售额').first()).toBeVisible()
  })
})
