package campaign

// assistantSites are assistants that answer with links. They have the names
// that ChatGPT gives itself in the utm_source of its links: their host. Links in
// an assistant's app often come without a referrer and look direct. Answers above
// Google's results come from a host of Google and count as search, as in Google's
// own reports.
var assistantSites = []entry{
	{"chatgpt.com", "chatgpt openai .chatgpt.com chat.openai.com com.openai.chatgpt"},
	{"claude.ai", "claude .claude.ai com.anthropic.claude"},
	{"gemini.google.com", "gemini gemini.google.com bard.google.com com.google.android.apps.bard"},
	{"copilot.microsoft.com", "copilot copilot.microsoft.com copilot.cloud.microsoft m365.cloud.microsoft com.microsoft.copilot"},
	{"perplexity.ai", "perplexity .perplexity.ai ai.perplexity.app.android"},
	{"chat.mistral.ai", "mistral chat.mistral.ai"},
	{"grok.com", "grok grok.com grok.x.ai ai.x.grok"},
	{"chat.deepseek.com", "deepseek chat.deepseek.com com.deepseek.chat"},
	{"meta.ai", "meta.ai"},
	{"duck.ai", "duck.ai"},
	{"you.com", "you.com"},
	{"poe.com", "poe poe.com"},
	{"phind.com", "phind phind.com"},
	{"character.ai", "character.ai ai.character.app"},
	{"pi.ai", "pi.ai"},
	{"notebooklm.google.com", "notebooklm notebooklm.google.com"},
	{"chat.qwen.ai", "qwen chat.qwen.ai"},
	{"kimi.com", "kimi kimi.com kimi.moonshot.cn"},
	{"doubao.com", "doubao .doubao.com"},
	{"yiyan.baidu.com", "yiyan.baidu.com chat.baidu.com"},
	{"chatglm.cn", "chatglm.cn"},
	{"iask.ai", "iask.ai"},
	{"app.jasper.ai", "app.jasper.ai"},
	{"lumo.proton.me", "lumo.proton.me"},
}
