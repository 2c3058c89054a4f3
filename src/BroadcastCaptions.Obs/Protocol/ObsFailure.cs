namespace BroadcastCaptions.Obs;

/// <summary>Why there is no connection to OBS.</summary>
public enum ObsFailure
{
    /// <summary>Nothing answers at the address.</summary>
    Unreachable,

    /// <summary>Something answers, but it does not speak obs-websocket 5.</summary>
    NotObs,

    /// <summary>OBS refused the password, or asks for one and none is known (close code 4009).</summary>
    WrongPassword,

    /// <summary>A person closed this session in OBS (close code 4011): only a person may reconnect.</summary>
    Kicked,

    /// <summary>The connection ended: OBS was closed, or the network failed.</summary>
    Lost,
}

/// <summary>There is no connection to OBS (any more).</summary>
public sealed class ObsConnectionException : Exception
{
    /// <summary>A failure to connect, or the end of a connection.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="message">One sentence; never holds the password.</param>
    /// <param name="inner">What caused it.</param>
    public ObsConnectionException(ObsFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    /// <summary>Why.</summary>
    public ObsFailure Failure { get; }
}

/// <summary>OBS answered a request with an error.</summary>
public sealed class ObsRequestException : Exception
{
    /// <summary>An error answer.</summary>
    /// <param name="request">The request's type.</param>
    /// <param name="status">obs-websocket's RequestStatus.</param>
    /// <param name="comment">OBS's own words; may be empty.</param>
    public ObsRequestException(string request, int status, string comment)
        : base($"OBS answered {request} with error {status}{(comment.Length > 0 ? ": " + comment : ".")}") =>
        Status = status;

    /// <summary>obs-websocket's RequestStatus, one of <see cref="ObsStatus"/> or another.</summary>
    public int Status { get; }
}

/// <summary>The RequestStatus codes that we act on (protocol.md, RequestStatus).</summary>
public static class ObsStatus
{
    /// <summary>OBS starts, stops or changes its scene collection: try again.</summary>
    public const int NotReady = 207;

    /// <summary>No such scene, input or item.</summary>
    public const int ResourceNotFound = 600;

    /// <summary>A thing of that name is there already.</summary>
    public const int ResourceAlreadyExists = 601;
}

/// <summary>The WebSocket close codes that we act on (protocol.md, WebSocketCloseCode).</summary>
internal static class ObsCloseCode
{
    public const int AuthenticationFailed = 4009;
    public const int UnsupportedRpcVersion = 4010;
    public const int SessionInvalidated = 4011;
}
