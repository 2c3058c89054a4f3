namespace BroadcastCaptions.Speech.Models;

/// <summary>A model that another one can stand beside, over the same weights.</summary>
internal interface ITwinModel : ISpeechModel
{
    /// <summary>Can it have a twin? Shipped graphs cannot: they are there for want of the rewritten ones.</summary>
    bool CanTwin { get; }

    /// <summary>Another over the same weights, for another thread. It is disposed of before this one.</summary>
    /// <exception cref="InvalidOperationException">It cannot have one: <see cref="CanTwin"/>.</exception>
    ISpeechModel Twin();
}
