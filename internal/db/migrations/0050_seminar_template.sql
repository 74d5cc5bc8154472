-- An invitation by mail; the company may put it in its own words.

-- +goose Up

INSERT INTO message_template (id, name, channel, purpose, subject_zh, subject_en, body_zh, body_en, archived_at, version, created_by, created_at, updated_at) VALUES
    (11, '活动邀请（邮件） invitation', 'mail', 'invitation', '诚邀您参加：{{event.title}}', 'You are invited: {{event.title_en}}',
     '{{salutation}}您好：

诚邀您参加{{event.title}}。
时间：{{event.when}}
地点：{{event.place}}

请打开链接回复能否参加，到场时出示其中的二维码：{{link}}

{{organisation}}',
     '{{salutation}},

you are invited to {{event.title_en}}.
Time: {{event.when}}
Place: {{event.place}}

Please open this link to answer, and show its code at the door: {{link}}

{{organisation}}', NULL, 1, 0, 0, 0);
