using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Options;

/// <summary>A language that somebody's model may know.</summary>
public sealed class LanguageNameAttribute() : TextRuleAttribute("a language's code or English name (de, de-AT, German)")
{
    /// <inheritdoc/>
    public override bool Allows(string text) => SpokenLanguage.IsKnown(text);
}
