namespace BroadcastCaptions.Speech.Streaming;

/// <summary>
/// How far apart partials are: as wished while the machine has time, else so far that they take no more than their share. It
/// follows what partials cost by the clock, so a game that takes the core away makes them rarer, and its end frequent again.
/// </summary>
/// <param name="wished">Seconds between partials when there is time.</param>
internal sealed class PartialPace(double wished)
{
    /// <summary>Seconds that are not exceeded whatever partials cost: beyond them words come later than promised, and the core is better lost.</summary>
    private const double Slowest = 1;

    // A core that is taken away must be noticed at the next partial, one that was given back may be a moment's luck.
    private const double Rise = 0.4;
    private const double Fall = 0.1;

    /// <summary>Share of the loop's time that partials may take, 0 … 1.</summary>
    public double Share { get; set; } = Models.CpuBudget.Default.Share;

    /// <summary>Seconds that a partial takes, smoothed; 0 before the first.</summary>
    public double Cost { get; private set; }

    /// <summary>Seconds between two partials of a source.</summary>
    public double Every => Math.Max(wished, Math.Min(Needed, Slowest));

    /// <summary>Seconds between two partials that the cost asks for while anybody speaks; 0 before.</summary>
    public double Needed { get; private set; }

    /// <summary>Takes in what a partial took, in seconds.</summary>
    public void Note(double cost) => Cost += (cost > Cost ? Rise : Fall) * (cost - Cost);

    /// <summary>Sets the pace for so many segments that grow at once.</summary>
    public void Spread(int growing)
    {
        if (growing > 0) Needed = growing * Cost / Share;
    }
}
