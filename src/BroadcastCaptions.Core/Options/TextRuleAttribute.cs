namespace BroadcastCaptions.Options;

/// <summary>Not every text is allowed for this option.</summary>
/// <param name="allowed">What is, in words that follow "allowed is".</param>
[AttributeUsage(AttributeTargets.Property)]
public abstract class TextRuleAttribute(string allowed) : Attribute
{
    /// <summary>What is allowed, in words: "a name".</summary>
    public string Allowed { get; } = allowed;

    /// <summary>Is this text?</summary>
    public abstract bool Allows(string text);
}
