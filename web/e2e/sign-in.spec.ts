import { createHmac } from 'node:crypto'
import { type CDPSession, expect, type Page, test } from '@playwright/test'
import { checkPage, demoUrl, settled, signIn } from './kit'
import { w } from './words'

const login = 'two.steps'
const password = 'ein ganz langes Passwort'
/** Passkeys belong to a name, never to a number. */
const url = () => demoUrl().replace('127.0.0.1', 'localhost')

/** The code an app shows for a secret (RFC 6238), `ahead` steps from now. */
function codeOf(secret: string, ahead = 0): string {
  const bits = [...secret]
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from(bits.match(/.{8}/g)?.map((b) => Number.parseInt(b, 2)) ?? [])
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead))
  const mac = createHmac('sha1', key).update(step).digest()
  const at = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

async function typePassword(page: Page) {
  await page.goto(`${url()}/sign-in`)
  await page.getByLabel(w('session.login'), { exact: true }).fill(login)
  await page.getByLabel(w('session.password'), { exact: true }).fill(password)
  await page.getByRole('button', { name: w('session.sign_in'), exact: true }).click()
}

async function phoneWithKeys(page: Page): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return cdp
}

test('an app and a passkey: set up on one’s account, asked for at the next sign-in, reset by an administrator', async ({
  page,
  browser,
}, info) => {
  test.setTimeout(240_000)
  const office = await browser.newContext()
  const admin = await office.newPage()
  await signIn(admin, 'admin')
  const made = await admin.request.post(`${demoUrl()}/api/v1/users`, {
    data: { login, name: '双步', password, roles: ['customer_manager'] },
  })
  expect(made.status(), await made.text()).toBe(201)
  const { id } = (await made.json()) as { id: string }

  await phoneWithKeys(page)
  await typePassword(page)
  await page.waitForURL((u) => !u.pathname.startsWith('/sign-in'))
  await page.goto(`${url()}/settings/me`)
  const panel = page.getByRole('region', { name: w('factor.title'), exact: true })
  await panel.getByRole('button', { name: w('factor.set_up'), exact: true }).click()
  const form = page.getByRole('dialog')
  await expect(form.locator('svg.qr')).toBeVisible()
  const secret = (await form.locator('.secret-line code').innerText()).replaceAll(' ', '')
  await page.screenshot({ path: info.outputPath('app.png') })
  await form.getByRole('textbox').fill(codeOf(secret))
  await form.locator('.form-foot .ant-btn-primary').click()
  await expect(form).toBeHidden()
  await expect(panel.locator('.codes code')).toHaveCount(10)
  const paper = await panel.locator('.codes code').first().innerText()

  await panel.getByRole('button', { name: w('factor.passkey_add'), exact: true }).click()
  await page.getByRole('dialog').locator('.form-foot .ant-btn-primary').click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(panel.getByRole('button', { name: w('factor.passkey_remove'), exact: true })).toHaveCount(1)
  await settled(page)
  await checkPage(page, 'my account')
  await page.screenshot({ path: info.outputPath('account.png'), fullPage: true })

  await page.request.delete(`${url()}/api/v1/session`)
  await typePassword(page)
  const code = page.getByLabel(w('factor.code'), { exact: true })
  await code.fill('000000')
  await page.getByRole('button', { name: w('factor.go_on'), exact: true }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await checkPage(page, 'the second step')
  await page.screenshot({ path: info.outputPath('second.png') })
  await code.fill(codeOf(secret, 1))
  await page.getByRole('button', { name: w('factor.go_on'), exact: true }).click()
  await page.waitForURL((u) => !u.pathname.startsWith('/sign-in'))

  await page.request.delete(`${url()}/api/v1/session`)
  await page.goto(`${url()}/sign-in`)
  await page.getByRole('button', { name: w('factor.passkey_sign_in'), exact: true }).click()
  await page.waitForURL((u) => !u.pathname.startsWith('/sign-in'))
  const sessions = (await (await page.request.get(`${url()}/api/v1/me/sessions`)).json()) as {
    items: { method: string; current: boolean }[]
  }
  expect(sessions.items.find((s) => s.current)?.method).toBe('passkey')

  await page.request.delete(`${url()}/api/v1/session`)
  await typePassword(page)
  await page.getByRole('button', { name: w('factor.use_recovery'), exact: true }).click()
  await page.getByLabel(w('factor.recovery_code'), { exact: true }).fill(paper)
  await page.getByRole('button', { name: w('factor.go_on'), exact: true }).click()
  await page.waitForURL((u) => !u.pathname.startsWith('/sign-in'))

  const reset = await admin.request.delete(`${demoUrl()}/api/v1/users/${id}/factors`)
  expect(reset.status(), await reset.text()).toBe(204)
  await page.goto(`${url()}/sign-in`)
  await typePassword(page)
  await page.waitForURL((u) => !u.pathname.startsWith('/sign-in'))
  await office.close()
})
