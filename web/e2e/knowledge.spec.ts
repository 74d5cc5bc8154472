import { expect, test } from '@playwright/test'
import { checkPage, demoUrl, settled, signIn } from './kit'
import { w } from './words'

test('an article: written by who knows, published by who may, attached to a case', async ({ browser, page }) => {
  test.setTimeout(180_000)
  const title = '抽拉龙头漏水的密封圈更换'
  await signIn(page, 'lin')
  await page.goto(`${demoUrl()}/knowledge?write=new`)
  const form = page.getByRole('dialog')
  await form.getByLabel(w('knowledge.title_zh')).fill(title)
  await form.getByLabel(w('knowledge.body_zh')).fill('## 步骤\n\n1. 关闭角阀\n2. **更换密封圈**\n\n<b>不是标签</b>')
  await form.locator('.article-preview summary').click()
  await expect(form.locator('.md li strong')).toHaveText('更换密封圈')
  await form.locator('.form-foot .ant-btn-primary').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  await expect(page.locator('.md')).toContainText('<b>不是标签</b>')
  await expect(page.getByRole('button', { name: w('knowledge.publish'), exact: true })).toHaveCount(0)
  await settled(page)
  await checkPage(page, 'a draft')
  const address = page.url()

  const desk = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const manager = await desk.newPage()
  await signIn(manager, 'east.manager')
  await manager.goto(address)
  await manager.getByRole('button', { name: w('knowledge.publish'), exact: true }).click()
  await manager.locator('.ant-modal-confirm .ant-btn-primary').click()
  await expect(manager.locator('.head .s-ok')).toHaveText(w('knowledge.states.published'))
  await desk.close()

  const cases = await (await page.request.get(`${demoUrl()}/api/v1/cases?kind=complaint&limit=1`)).json()
  await page.goto(`${demoUrl()}/cases/${cases.items[0].id}`)
  const panel = page.locator('.panel', { has: page.getByRole('heading', { name: w('procedure.solutions.title') }) })
  await panel.getByRole('searchbox').fill('密封圈')
  await panel.getByRole('button', { name: `${w('procedure.solutions.attach')} ${title}` }).click()
  await expect(panel.getByRole('button', { name: `${w('procedure.solutions.detach')} ${title}` })).toBeVisible()
  await panel.getByRole('link', { name: title }).click()
  await expect(page.locator('.article-cases li')).toHaveCount(1)
  await page.goto(`${demoUrl()}/knowledge?q=${encodeURIComponent('密封圈')}`)
  await expect(page.getByRole('link', { name: title })).toBeVisible()
  await settled(page)
  await checkPage(page, 'the list')
})
