namespace BroadcastCaptions.Choosing;

/// <summary>Which model a session begins with. Never one that has to be fetched, unless there is none.</summary>
internal static class FirstChoice
{
    /// <summary>The best that is here and is known to hold the target, else the fastest that is here, else the fastest of all.</summary>
    /// <param name="candidates">Best first; the last is the fastest.</param>
    /// <param name="share">Share of the loop's time that partials may take.</param>
    public static Candidate Of(IReadOnlyList<Candidate> candidates, double share) =>
        candidates.FirstOrDefault(candidate => candidate is { IsInstalled: true, Cost: { } cost } && LatencyTarget.Holds(cost, share))
        ?? candidates.LastOrDefault(candidate => candidate.IsInstalled)
        ?? candidates[^1];

    /// <summary>The best that is here: for recordings, which nobody waits for.</summary>
    public static Candidate Best(IReadOnlyList<Candidate> candidates) =>
        candidates.FirstOrDefault(candidate => candidate.IsInstalled) ?? candidates[^1];

    /// <summary>The better one that is worth fetching; null where the machine would hardly hold it, by its size and what is known.</summary>
    /// <param name="candidates">Best first.</param>
    /// <param name="chosen">What was chosen.</param>
    /// <param name="share">Share of the loop's time that partials may take.</param>
    public static Candidate? WorthFetching(IReadOnlyList<Candidate> candidates, Candidate chosen, double share) => candidates
        .TakeWhile(candidate => candidate.Name != chosen.Name)
        .FirstOrDefault(candidate => !candidate.IsInstalled
            && (chosen.Cost is not { } cost || LatencyTarget.Holds(cost * candidate.Model.Size / chosen.Model.Size, share)));
}
