// What a new runbook begins with: the smallest one that is whole.
export const blank = `# Thời gian là số phút kể từ lúc bắt đầu (starts).
id = "kich-ban-moi"
title = "Kịch bản mới"
basis = ["Công văn số …"]
starts = "2026-05-29T16:00:00+07:00"
window_minutes = 240

[[streams]]
id = "chung"
name = "Việc chung"

[[steps]]
id = "buoc-1"
stream = "chung"
title = "Bước đầu tiên"
owner = { unit = "tt_pvhcc", role = "duty" }
start = 0
minutes = 30
validation = "Thấy được điều gì thì coi là xong."
`
