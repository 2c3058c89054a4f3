using BroadcastCaptions.Options;

namespace BroadcastCaptions.Speech.Models;

/// <summary>
/// What recognition may take of the machine's cores. One loop runs one inference at a time, so that its threads are all there is; what
/// is less than a core is kept by looking at growing segments less often.
/// </summary>
/// <param name="Threads">Threads of one inference, the loop's own included.</param>
/// <param name="Share">Share of the loop's time that partials may take, 0 … 1; the rest is for finals, the detector and the screens.</param>
public readonly record struct CpuBudget(int Threads, double Share)
{
    /// <summary>
    /// What partials take at most: finals, detectors of a dozen sources (5 %) and a moment's hesitation of the machine must still find time,
    /// else audio piles up.
    /// </summary>
    private const double MostOfALoop = 0.7;

    /// <summary>Small products gain nothing from more threads: what is not asked for by number is no more than this.</summary>
    private const int UsefulThreads = 4;

    /// <summary>The budget where nothing is said: one thread.</summary>
    public static CpuBudget Default { get; } = new(1, MostOfALoop);

    /// <summary>What the options allow.</summary>
    public static CpuBudget Of(ModelOptions options)
    {
        if (options.Cpu is not { } cores) return new(options.Threads ?? 1, MostOfALoop);
        var most = Math.Max(1, (int)cores);
        return new(Math.Min(options.Threads ?? Math.Min(most, UsefulThreads), most), MostOfALoop * Math.Min(1, cores));
    }
}
