<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
 xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
 xmlns:atom="http://www.w3.org/2005/Atom"
 exclude-result-prefixes="atom">
 <xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat"/>

 <!-- words -->

 <xsl:variable name="lang" select="string(/rss/channel/language | /atom:feed/@xml:lang)"/>
 <xsl:variable name="fr" select="$lang = 'fr' or starts-with($lang, 'fr-')"/>
 <xsl:variable name="title" select="string(/rss/channel/title | /atom:feed/atom:title)"/>
 <xsl:variable name="description" select="string(/rss/channel/description | /atom:feed/atom:subtitle)"/>
 <xsl:variable name="home" select="string(/rss/channel/link | /atom:feed/atom:link[@rel='alternate']/@href)"/>
 <xsl:variable name="self" select="string(/rss/channel/atom:link[@rel='self']/@href | /atom:feed/atom:link[@rel='self']/@href)"/>

 <xsl:template match="/">
  <html lang="{$lang}">
   <head>
    <meta charset="UTF-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="robots" content="noindex"/>
    <title><xsl:value-of select="$title"/></title>
    <style>
     :root { color-scheme: light dark; --text: #1d2125; --soft: #586069; --line: #d9dde1; --back: #fff; --link: #0b57a4; --box: #f2f5f8 }
     @media (prefers-color-scheme: dark) { :root { --text: #e6e8ea; --soft: #a3abb3; --line: #3a4047; --back: #16191c; --link: #8dc1f7; --box: #20252a } }
     body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 40rem; font: 1.0625rem/1.6 system-ui, sans-serif; color: var(--text); background: var(--back) }
     h1 { margin: 0; font-size: 2rem; line-height: 1.2; text-wrap: balance }
     h2 { margin: 3rem 0 0; font-size: 1rem; color: var(--soft) }
     a { color: var(--link); text-underline-offset: .15em }
     a:focus-visible { outline: 3px solid var(--link); outline-offset: 3px }
     aside { margin: 2rem 0; padding: 1rem 1.25rem; border-radius: .5rem; background: var(--box) }
     aside p { margin: 0 0 .5rem }
     code { display: block; overflow-wrap: anywhere; user-select: all; font: .9375rem/1.5 ui-monospace, monospace }
     ol { margin: 0; padding: 0; list-style: none }
     li { padding: 1.25rem 0; border-bottom: 1px solid var(--line) }
     li a { font-size: 1.1875rem; font-weight: 600; text-decoration: none }
     li a:hover { text-decoration: underline }
     time { display: block; font-size: .875rem; color: var(--soft); font-variant-numeric: tabular-nums }
     li p { margin: .35rem 0 0 }
    </style>
   </head>
   <body>
    <main>
     <h1><xsl:value-of select="$title"/></h1>
     <xsl:if test="$description != $title"><p><xsl:call-template name="short"><xsl:with-param name="text" select="$description"/></xsl:call-template></p></xsl:if>
     <aside>
      <p>
       <strong><xsl:choose><xsl:when test="$fr"><xsl:value-of select="$what-fr"/></xsl:when><xsl:otherwise><xsl:value-of select="$what-en"/></xsl:otherwise></xsl:choose></strong>
       <xsl:text> </xsl:text>
       <xsl:choose><xsl:when test="$fr"><xsl:value-of select="$how-fr"/></xsl:when><xsl:otherwise><xsl:value-of select="$how-en"/></xsl:otherwise></xsl:choose>
      </p>
      <code><xsl:value-of select="$self"/></code>
     </aside>
     <p><a href="{$home}"><xsl:choose><xsl:when test="$fr"><xsl:value-of select="$home-fr"/></xsl:when><xsl:otherwise><xsl:value-of select="$home-en"/></xsl:otherwise></xsl:choose></a></p>
     <h2><xsl:choose><xsl:when test="$fr"><xsl:value-of select="$newest-fr"/></xsl:when><xsl:otherwise><xsl:value-of select="$newest-en"/></xsl:otherwise></xsl:choose></h2>
     <xsl:choose>
      <xsl:when test="/rss/channel/item | /atom:feed/atom:entry">
       <ol><xsl:apply-templates select="/rss/channel/item | /atom:feed/atom:entry"/></ol>
      </xsl:when>
      <xsl:when test="$fr"><p><xsl:value-of select="$none-fr"/></p></xsl:when>
      <xsl:otherwise><p><xsl:value-of select="$none-en"/></p></xsl:otherwise>
     </xsl:choose>
    </main>
   </body>
  </html>
 </xsl:template>

 <xsl:template match="item">
  <li>
   <xsl:variable name="month" select="substring(pubDate, 9, 3)"/>
   <xsl:variable name="number" select="substring-before(substring-after('Jan01 Feb02 Mar03 Apr04 May05 Jun06 Jul07 Aug08 Sep09 Oct10 Nov11 Dec12 ', $month), ' ')"/>
   <time><xsl:value-of select="concat(substring(pubDate, 13, 4), '-', $number, '-', substring(pubDate, 6, 2))"/></time>
   <a href="{link}"><xsl:call-template name="short"><xsl:with-param name="text" select="title"/><xsl:with-param name="most" select="400"/></xsl:call-template></a>
   <p><xsl:call-template name="short"><xsl:with-param name="text" select="description"/></xsl:call-template></p>
  </li>
 </xsl:template>

 <xsl:template match="atom:entry">
  <li>
   <time><xsl:value-of select="substring(atom:published, 1, 10)"/></time>
   <a href="{atom:link[@rel='alternate']/@href}"><xsl:value-of select="atom:title"/></a>
   <p><xsl:value-of select="atom:summary"/></p>
  </li>
 </xsl:template>

 <!-- A browser gives up on a template that calls itself some hundred times, and
      shows nothing at all: of a text longer than any sentence the beginning. -->
 <xsl:template name="short">
  <xsl:param name="text"/>
  <xsl:param name="most" select="1000"/>
  <xsl:call-template name="text"><xsl:with-param name="text" select="substring($text, 1, $most)"/></xsl:call-template>
  <xsl:if test="string-length($text) &gt; $most">…</xsl:if>
 </xsl:template>

 <!-- RSS escapes its text once more, as HTML: say it as people read it. -->
 <xsl:template name="text">
  <xsl:param name="text"/>
  <xsl:choose>
   <xsl:when test="contains($text, '&amp;')">
    <xsl:value-of select="substring-before($text, '&amp;')"/>
    <xsl:variable name="rest" select="substring-after($text, '&amp;')"/>
    <xsl:variable name="name" select="substring-before($rest, ';')"/>
    <xsl:choose>
     <xsl:when test="$name = 'amp'">&amp;</xsl:when>
     <xsl:when test="$name = 'lt'">&lt;</xsl:when>
     <xsl:when test="$name = 'gt'">&gt;</xsl:when>
     <xsl:when test="$name = '#34'">"</xsl:when>
     <xsl:when test="$name = '#39'">'</xsl:when>
     <xsl:otherwise>&amp;</xsl:otherwise>
    </xsl:choose>
    <xsl:call-template name="text">
     <xsl:with-param name="text">
      <xsl:choose>
       <xsl:when test="$name = 'amp' or $name = 'lt' or $name = 'gt' or $name = '#34' or $name = '#39'"><xsl:value-of select="substring-after($rest, ';')"/></xsl:when>
       <xsl:otherwise><xsl:value-of select="$rest"/></xsl:otherwise>
      </xsl:choose>
     </xsl:with-param>
    </xsl:call-template>
   </xsl:when>
   <xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
  </xsl:choose>
 </xsl:template>
</xsl:stylesheet>
