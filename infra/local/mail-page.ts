import type { RecordedMail } from './recorded-mail.ts';

/** The mail's own HTML, whose links open beside the page that shows it. */
export const mailHtml = ({ html, text }: RecordedMail): string => {
  const base = '<base target="_blank">';
  const content = html === '' ? `<pre style="white-space:pre-wrap">${escapeHtml(text)}</pre>` : html;
  const head = /<head[^>]*>/i;
  return head.test(content) ? content.replace(head, (tag) => `${tag}${base}`) : `${base}${content}`;
};

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const style = `
:root{color-scheme:light dark;--bg:#f6f7f9;--pane:#fff;--ink:#1b1f27;--soft:#5d6675;--line:#e3e6eb;--mark:#eaf1ff;--accent:#2457d6;
--marketing:#0b7a4b;--service:#2457d6;--internal:#a4480f}
@media(prefers-color-scheme:dark){:root{--bg:#14171c;--pane:#1b1f26;--ink:#e8eaee;--soft:#98a2b3;--line:#2c323c;--mark:#22304d;--accent:#8fb2ff;
--marketing:#5fd39c;--service:#8fb2ff;--internal:#ffb27a}}
*{box-sizing:border-box}
body{margin:0;height:100dvh;display:grid;grid-template:auto 1fr/minmax(18rem,26rem) 1fr;font:15px/1.45 system-ui,sans-serif;background:var(--bg);color:var(--ink)}
header{grid-column:1/-1;display:flex;gap:1rem;align-items:baseline;padding:.7rem 1rem;border-bottom:1px solid var(--line);background:var(--pane)}
h1{font-size:1.05rem;margin:0}header p{margin:0;color:var(--soft);font-size:.85rem}
nav{overflow:auto;border-right:1px solid var(--line)}
nav button{display:block;width:100%;text-align:left;padding:.65rem 1rem;border:0;border-bottom:1px solid var(--line);background:none;color:inherit;font:inherit;cursor:pointer}
nav button:hover,nav button[aria-current=true]{background:var(--mark)}
nav button:focus-visible,[role=tab]:focus-visible,#back:focus-visible{outline:2px solid var(--accent);outline-offset:-2px}
.row{display:flex;justify-content:space-between;gap:.6rem;color:var(--soft);font-size:.8rem}
.stream{font-weight:600}.marketing{color:var(--marketing)}.service{color:var(--service)}.internal{color:var(--internal)}
.subject{display:block;font-weight:600;overflow-wrap:anywhere}.to{color:var(--soft);font-size:.85rem;overflow-wrap:anywhere}
main{display:grid;grid-template-rows:auto auto 1fr;min-width:0;overflow:hidden}
main[hidden],#none{display:none}main[hidden]+#none{display:block;grid-column:2}
.head{padding:.8rem 1rem .4rem}.head h2{margin:0 0 .2rem;font-size:1.15rem;overflow-wrap:anywhere}.head p{margin:0;color:var(--soft);font-size:.85rem;overflow-wrap:anywhere}
[role=tablist]{display:flex;gap:.3rem;padding:0 1rem;border-bottom:1px solid var(--line)}
[role=tab]{border:0;background:none;color:var(--soft);font:inherit;padding:.45rem .7rem;cursor:pointer;border-bottom:2px solid transparent}
[role=tab][aria-selected=true]{color:var(--ink);border-color:var(--accent)}
.panel{overflow:auto;min-height:0}iframe{width:100%;height:100%;border:0;background:#fff;display:block}
pre{margin:0;padding:1rem;white-space:pre-wrap;overflow-wrap:anywhere;font:13px/1.5 ui-monospace,monospace}
.empty{padding:2rem 1rem;color:var(--soft)}#back{display:none}
@media(max-width:760px){main[hidden]+#none{display:none}body{grid-template-columns:1fr}main{grid-column:1;grid-row:2}nav{grid-column:1;grid-row:2;border-right:0}
body.reading nav{display:none}body:not(.reading) main{display:none}#back{display:inline;border:0;background:none;color:var(--accent);font:inherit;padding:0 0 .4rem;cursor:pointer}}
`;

/** Texts of mails reach the page through textContent and a sandboxed frame only, never as its own HTML. */
const script = `
const $=(id)=>document.getElementById(id);let mails=[],open,tab='mail-tab',seen='';
const make=(name,className,text)=>{const e=document.createElement(name);e.className=className;e.textContent=text;return e};
const time=(at)=>new Intl.DateTimeFormat(undefined,{weekday:'short',day:'numeric',month:'short',hour:'2-digit',minute:'2-digit'}).format(new Date(at));
const list=()=>{const rows=mails.toReversed().map((m)=>{const b=document.createElement('button');b.setAttribute('aria-current',String(m.id===open));
const r=make('span','row','');r.append(make('span','stream '+(m.stream??''),m.stream??'no stream'),make('time','',time(m.at)));
b.append(r,make('span','subject',m.subject||'(no subject)'),make('span','to',m.to));b.onclick=()=>{location.hash=m.id};return b});
$('list').replaceChildren(...(rows.length?rows:[make('p','empty','No mail yet. Mails appear here as they are sent; none of them leaves this machine.')]));
$('count').textContent=mails.length===1?'1 mail':mails.length+' mails'};
const show=()=>{const m=mails.find((x)=>x.id===open);document.body.classList.toggle('reading',!!m);$('mail').hidden=!m;if(!m)return;
$('subject').textContent=m.subject||'(no subject)';$('people').textContent='From '+m.from+' to '+m.to+(m.replyTo?', replies to '+m.replyTo:'')+' - '+time(m.at);
for(const t of document.querySelectorAll('[role=tab]'))t.setAttribute('aria-selected',String(t.id===tab));
const key=m.id+tab;if(key===seen)return;seen=key;
if(tab==='mail-tab'){const f=document.createElement('iframe');f.title='The mail';f.setAttribute('sandbox','allow-popups allow-popups-to-escape-sandbox');f.src='/mails/'+encodeURIComponent(m.id)+'/html';$('panel').replaceChildren(f)}
else if(tab==='text')$('panel').replaceChildren(make('pre','',m.text||'(no text part)'));
else{const all={...m.headers,'Configuration set':m.configurationSet??'(none)','Message id':m.id,...Object.fromEntries(Object.entries(m.tags).map(([k,v])=>['Tag '+k,v]))};
$('panel').replaceChildren(make('pre','',Object.entries(all).map(([k,v])=>k+': '+v).join('\\n')))}};
const load=async()=>{try{const next=await(await fetch('/mails')).json();$('state').textContent='';if(next.length!==mails.length){mails=next;list();show()}}catch{$('state').textContent='The local stack has been stopped.'}};
for(const t of document.querySelectorAll('[role=tab]'))t.onclick=()=>{tab=t.id;show()};
$('back').onclick=()=>{location.hash=''};
addEventListener('hashchange',()=>{open=decodeURIComponent(location.hash.slice(1));list();show()});
open=decodeURIComponent(location.hash.slice(1));list();load();setInterval(load,1500);
`;

/** The mails as their readers see them, newest first. Refreshes itself. */
export const mailPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Mails - Baton on this machine</title><link rel="icon" href="data:,"><style>${style}</style></head>
<body><header><h1>Mails</h1><p id="count"></p><p id="state" role="status"></p></header>
<nav id="list" aria-label="Mails"></nav>
<main id="mail" hidden><div class="head"><button id="back">&larr; All mails</button><h2 id="subject"></h2><p id="people"></p></div>
<div role="tablist"><button role="tab" id="mail-tab">Mail</button><button role="tab" id="text">Text part</button><button role="tab" id="headers">Headers</button></div>
<div class="panel" id="panel" role="tabpanel"></div></main>
<p id="none" class="empty">Choose a mail to see it as its reader does.</p>
<script>${script}</script></body></html>`;
