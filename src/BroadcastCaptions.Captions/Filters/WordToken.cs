namespace BroadcastCaptions.Captions.Filters;

/// <summary>A Unicode word inside a recognised word: "well-known," holds "well" and "known".</summary>
/// <param name="Word">Index of the recognised word.</param>
/// <param name="Start">First character within it.</param>
/// <param name="Length">Characters.</param>
/// <param name="Key">What is compared: the characters without apostrophes.</param>
/// <param name="IsWhole">Is there nothing else but punctuation in the recognised word?</param>
/// <param name="FollowsHyphen">Is it joined to the token before by a hyphen?</param>
/// <param name="IsSpaceless">One character of a script without spaces, rather than a word.</param>
internal readonly record struct WordToken(
    int Word, int Start, int Length, ReadOnlyMemory<char> Key, bool IsWhole, bool FollowsHyphen, bool IsSpaceless)
{
    /// <summary>First character after it.</summary>
    public int End => Start + Length;
}
