namespace BroadcastCaptions.Speech.Streaming;

/// <summary>How busy a recogniser is.</summary>
/// <param name="PartialCost">Seconds that a partial takes by the clock, smoothed; 0 where nobody measures.</param>
/// <param name="PartialEvery">Seconds between two partials of a source, as the cost allows.</param>
/// <param name="PartialNeeded">Seconds between two partials that the cost asks for, wish and limits aside.</param>
/// <param name="Computed">Seconds spent recognising since the beginning.</param>
/// <param name="Partials">Partials that the model was asked for since the beginning.</param>
/// <param name="Waiting">Closed segments that wait to be recognised.</param>
/// <param name="WaitingSeconds">Seconds of audio between the oldest that is due and the newest taken in; 0 where nothing is due.</param>
public readonly record struct RecognizerLoad(
    double PartialCost, double PartialEvery, double PartialNeeded, double Computed, long Partials, int Waiting, double WaitingSeconds);
