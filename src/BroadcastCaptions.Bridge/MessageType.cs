namespace BroadcastCaptions.Bridge;

/// <summary>What a message is. A receiver skips types that it does not know.</summary>
public enum MessageType : byte
{
    /// <summary>No message.</summary>
    None = 0,

    /// <summary>First message of either side: <see cref="Messages.Hello"/>.</summary>
    Hello = 1,

    /// <summary>Plug-in: who is heard, after the hello and whenever it changes: <see cref="Messages.SourceIdentity"/>.</summary>
    Source = 2,

    /// <summary>Plug-in: sound that is on air: <see cref="Messages.AudioBlock"/>.</summary>
    Audio = 3,

    /// <summary>Plug-in: on air from here, or off: <see cref="Messages.OnAirState"/>.</summary>
    OnAir = 4,

    /// <summary>Either side: <see cref="Messages.Ping"/>.</summary>
    Ping = 5,

    /// <summary>The answer: <see cref="Messages.Pong"/>.</summary>
    Pong = 6,

    /// <summary>Captioner: how it is, for the plug-in's window: <see cref="Messages.CaptionerState"/>.</summary>
    State = 7,

    /// <summary>Either side, before it closes: <see cref="Messages.Goodbye"/>.</summary>
    Goodbye = 8,

    /// <summary>Plug-in: the user wants something of the captioner: <see cref="Messages.Command"/>.</summary>
    Command = 9,

    /// <summary>Captioner: what viewers read, for the host's own events: <see cref="Messages.CaptionText"/>.</summary>
    Caption = 10,
}
