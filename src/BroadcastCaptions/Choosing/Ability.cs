using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Catalogue;
using BroadcastCaptions.Speech.Models;

namespace BroadcastCaptions.Choosing;

/// <summary>What a model can do on this machine.</summary>
internal enum Ability
{
    /// <summary>Nobody has measured it here.</summary>
    NotMeasured,

    /// <summary>It hears nothing by itself: the detector.</summary>
    None,

    /// <summary>Partials in time: words appear as they are spoken.</summary>
    Live,

    /// <summary>Too slow for partials, in time for the finals: a --final-model.</summary>
    FinalsOnly,

    /// <summary>Too slow for a show; recordings can wait.</summary>
    FilesOnly,
}

/// <summary>Tells what was measured of a model here, in words.</summary>
internal static class Abilities
{
    /// <summary>
    /// Seconds that a partial may cost of a model that hears finals only: a final costs the same segment without a draft, some times as much, and
    /// segments of several seconds must still be done before the next ones end.
    /// </summary>
    private const double FinalsInTime = 1.5;

    /// <summary>By what this machine was measured to take, with these options' threads.</summary>
    public static Ability Of(CatalogueModel model, ModelOptions options, SpeedMemory memory)
    {
        if (model.Task != ModelTask.Recognition) return Ability.None;
        var budget = CpuBudget.Of(options);
        return memory.Find(model, budget.Threads) is not { } cost ? Ability.NotMeasured
            : LatencyTarget.Holds(cost, budget.Share) ? Ability.Live
            : cost / budget.Share <= FinalsInTime ? Ability.FinalsOnly
            : Ability.FilesOnly;
    }

    /// <summary>For the table.</summary>
    public static string Text(Ability ability) => ability switch
    {
        Ability.Live => "live",
        Ability.FinalsOnly => "finals only",
        Ability.FilesOnly => "files only",
        Ability.None => "–",
        _ => "not yet measured",
    };
}
