namespace BroadcastCaptions.Options;

/// <summary>A name: something must be there.</summary>
public sealed class NameAttribute() : TextRuleAttribute("a name")
{
    /// <inheritdoc/>
    public override bool Allows(string text) => !string.IsNullOrWhiteSpace(text);
}
