using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Captions.Filters;

/// <summary>
/// Words and phrases, matched on whole Unicode words without regard to case, punctuation, hyphens and apostrophes; an
/// English plural or possessive matches too. <c>*</c> at an entry's end stands for any ending.
/// </summary>
internal sealed class PhraseSet
{
    private const int ShortestWithPlural = 3;
    private const char Wildcard = '*';

    private readonly PhraseNode _root = new();

    /// <summary>Adds an entry; false when there is no word in it.</summary>
    public bool Add(string phrase)
    {
        var tokens = WordTokens.Of(phrase);
        if (tokens.Count == 0) return false;
        Add(tokens.Select(token => token.Key.ToString()), phrase.EndsWith(Wildcard), tokens is [{ IsSpaceless: true }]);
        if (tokens.Count > 1 && tokens.Skip(1).All(token => token.FollowsHyphen))
            Add([string.Concat(tokens.Select(token => token.Key.ToString()))], phrase.EndsWith(Wildcard), onlyWhole: false);
        return true;
    }

    /// <summary>A set of a user's entries.</summary>
    /// <exception cref="CaptionsException">An entry without a word.</exception>
    public PhraseSet AddAll(IEnumerable<string> entries, string option)
    {
        foreach (var entry in entries)
            if (!Add(entry)) throw new CaptionsException($"{option}: \"{entry}\" holds no word.", "Write a word or a phrase; * at its end stands for any ending.", ExitCode.Usage);
        return this;
    }

    /// <summary>
    /// Where the longest phrase that begins at a token ends (the token after its last), or that token itself for none.
    /// <paramref name="mayGoOn"/>: the text ends before a longer phrase could have been completed.
    /// </summary>
    public int Match(IReadOnlyList<WordToken> tokens, int start, out bool mayGoOn)
    {
        mayGoOn = false;
        return Longest(_root, tokens, start, start, ref mayGoOn);
    }

    private static int Longest(PhraseNode node, IReadOnlyList<WordToken> tokens, int start, int at, ref bool mayGoOn)
    {
        var best = node.IsEnd && !(node.OnlyWhole && !tokens[at - 1].IsWhole) ? at : start;
        if (at == tokens.Count)
        {
            mayGoOn |= node.GoesOn;
            return best;
        }

        var key = tokens[at].Key.Span;
        best = Follow(node.Find(key), tokens, start, at + 1, best, ref mayGoOn);
        best = Follow(node.FindByPrefix(key), tokens, start, at + 1, best, ref mayGoOn);
        if (key.EndsWith("s", StringComparison.OrdinalIgnoreCase)) best = Follow(Singular(node, key[..^1]), tokens, start, at + 1, best, ref mayGoOn);
        if (key.EndsWith("es", StringComparison.OrdinalIgnoreCase)) best = Follow(Singular(node, key[..^2]), tokens, start, at + 1, best, ref mayGoOn);
        return Compound(node, tokens, start, at, best, ref mayGoOn);
    }

    /// <summary>"dick-head" is "dickhead".</summary>
    private static int Compound(PhraseNode node, IReadOnlyList<WordToken> tokens, int start, int at, int best, ref bool mayGoOn)
    {
        var end = at + 1;
        while (end < tokens.Count && tokens[end].FollowsHyphen)
        {
            end++;
            var key = string.Concat(Enumerable.Range(at, end - at).Select(i => tokens[i].Key.ToString()));
            best = Follow(node.Find(key) ?? node.FindByPrefix(key), tokens, start, end, best, ref mayGoOn);
        }

        return best;
    }

    private static PhraseNode? Singular(PhraseNode node, ReadOnlySpan<char> key) => key.Length >= ShortestWithPlural ? node.Find(key) : null;

    private static int Follow(PhraseNode? node, IReadOnlyList<WordToken> tokens, int start, int at, int best, ref bool mayGoOn) =>
        node is null ? best : Math.Max(best, Longest(node, tokens, start, at, ref mayGoOn));

    private void Add(IEnumerable<string> keys, bool anyEnding, bool onlyWhole)
    {
        var path = keys.ToArray();
        var node = _root;
        for (var i = 0; i < path.Length; i++) node = anyEnding && i == path.Length - 1 ? node.AddPrefix(path[i]) : node.Add(path[i]);
        // The same entry may come from two lists; the freer form wins.
        node.OnlyWhole = onlyWhole && (!node.IsEnd || node.OnlyWhole);
        node.IsEnd = true;
    }
}
