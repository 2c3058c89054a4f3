using System.Security;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Sidecars;

/// <summary>
/// TTML as broadcasters and platforms take it: IMSC 1.1's text profile (W3C), white on black, centred at the bottom. The speaker
/// stands before the words, as in SubRip.
/// </summary>
/// <param name="language">BCP 47 language of the whole; empty where it is not known.</param>
internal sealed class TtmlFormat(string language = "") : SidecarFormat
{
    /// <inheritdoc/>
    public override string Extension => ".ttml";

    /// <inheritdoc/>
    public override string Footer => "    </div>\n  </body>\n</tt>\n";

    /// <inheritdoc/>
    public override string Header(DateTimeOffset? zero) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:tts="http://www.w3.org/ns/ttml#styling"
            xml:lang="{Escape(language)}" ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/imsc1.1/text" ttp:timeBase="media" ttp:cellResolution="32 15">
          <head>
            <styling>
              <style xml:id="block" tts:fontFamily="proportionalSansSerif" tts:fontSize="100%" tts:lineHeight="125%" tts:textAlign="center"/>
              <style xml:id="words" tts:color="#ffffff" tts:backgroundColor="#000000"/>
            </styling>
            <layout>
              <region xml:id="bottom" tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="after"/>
            </layout>
          </head>
          <body>
            <div region="bottom" style="block">

        """.Replace("\r", "", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override IReadOnlyList<SidecarCue> Compose(Transcript final, string speaker) => CueBuilder.Build(final, speaker, Prefix(speaker));

    /// <inheritdoc/>
    public override SidecarEntry Render(SidecarCue cue, int number)
    {
        var head = $"      <p begin=\"{Time(cue.Start)}\" end=\"";
        var foreign = cue.Language.Length == 0 || cue.Language == language ? "" : $" xml:lang=\"{Escape(cue.Language)}\"";
        var lines = string.Join("<br/>", cue.Lines.Select(Escape));
        return new SidecarEntry($"{head}{Time(cue.End)}\"{foreign}><span style=\"words\">{lines}</span></p>\n", head.Length);
    }

    /// <inheritdoc/>
    public override SidecarEntry RenderLoss(MediaTime from, MediaTime to, int number) => new($"      <!-- captions lost from {from} to {to} -->\n");

    // XML has no way to write control characters.
    private static string Escape(string text) => SecurityElement.Escape(string.Concat(text.Where(c => c >= ' ')));
}
