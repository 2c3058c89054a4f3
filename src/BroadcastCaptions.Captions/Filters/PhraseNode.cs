namespace BroadcastCaptions.Captions.Filters;

/// <summary>A node of the tree of phrases: one token deep each.</summary>
internal sealed class PhraseNode
{
    private readonly Dictionary<string, PhraseNode> _next = new(StringComparer.OrdinalIgnoreCase);
    private List<(string Prefix, PhraseNode Node)>? _prefixes;

    /// <summary>Does a phrase end here?</summary>
    public bool IsEnd { get; set; }

    /// <summary>Must its one character be a recognised word by itself?</summary>
    public bool OnlyWhole { get; set; }

    /// <summary>Do phrases go on from here?</summary>
    public bool GoesOn => _next.Count > 0 || _prefixes is not null;

    /// <summary>The node for the next token, made where it is missing.</summary>
    public PhraseNode Add(string key)
    {
        if (!_next.TryGetValue(key, out var node)) _next[key] = node = new PhraseNode();
        return node;
    }

    /// <summary>The node for any token with this beginning.</summary>
    public PhraseNode AddPrefix(string prefix)
    {
        var node = new PhraseNode();
        (_prefixes ??= []).Add((prefix, node));
        return node;
    }

    /// <summary>The node after a token, or null.</summary>
    public PhraseNode? Find(ReadOnlySpan<char> key) =>
        _next.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var node) ? node : null;

    /// <summary>The node after a token by a wildcard, or null.</summary>
    public PhraseNode? FindByPrefix(ReadOnlySpan<char> key)
    {
        foreach (var (prefix, node) in _prefixes ?? [])
            if (key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) return node;
        return null;
    }
}
