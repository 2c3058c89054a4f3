// OBS renders in software here: more than two at once would starve each other.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>Tests that measure time, sound or memory: one show at a time. The others run two by two before them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    /// <summary>What their classes name.</summary>
    public const string Name = "alone";
}
